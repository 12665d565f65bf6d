"""What the attention explorer says, in English and Chinese; keys begin with "x_"."""

from __future__ import annotations

EXPLORER: dict[str, tuple[str, str]] = {
    "x_title": ("Attention explorer", "注意力浏览器"),
    "x_heads_summary": (
        "{open} of {all} heads ran; closed heads are neither computed nor stored.",
        "{all} 个注意力头中运行了 {open} 个；关闭的头不计算，也不占缓存。",
    ),
    "x_empty": (
        "After the first run every head, gate and route of every layer can be seen here.",
        "首次运行后，可在这里查看每一层的每个注意力头、门控和路由。",
    ),
    "x_writing": (
        "The gates are set. Attention can be explored when the copy is finished.",
        "门控已确定。文案写完后即可浏览注意力。",
    ),
    "x_pass": ("What is looked at", "查看哪一步"),
    "x_pass_reading": ("finding the entry", "查找条目"),
    "x_pass_reading_is": (
        "The whole text, and the line that was read out of it.",
        "整段文本，以及从中读出的那一行。",
    ),
    "x_pass_writing": ("writing the copy", "撰写文案"),
    "x_pass_writing_is": (
        "The command and the line that was found: all that the copy is written from.",
        "指令和找到的那一行：文案只依据这些写成。",
    ),
    "x_pin": ("Keep as A", "留作 A"),
    "x_unpin": ("Let A go", "取消 A"),
    "x_gone": (
        "This result is no longer kept. Run the request again.",
        "此结果已不再保留，请重新运行。",
    ),
    "x_failed": (
        "This view could not be computed. Please try again.",
        "无法计算此视图，请再试一次。",
    ),
    # --- the scrubber
    "x_scope": ("Whose attention", "谁的注意力"),
    "x_scope_head": ("this head", "当前头"),
    "x_scope_layer": ("its layer", "所在层"),
    "x_scope_all": ("all decision layers", "所有决策层"),
    "x_scope_head_hint": ("The chosen head alone", "只看所选的头"),
    "x_scope_layer_hint": ("Mean over the layer's open heads", "该层所有开启头的平均"),
    "x_scope_all_hint": (
        "Mean over the open heads of all decision layers",
        "所有决策层中全部开启头的平均",
    ),
    "x_lens": ("Lens", "视角"),
    "x_lens_attention": ("attention", "注意力"),
    "x_lens_gated": ("gated", "门控后"),
    "x_lens_effective": ("effective", "实际影响"),
    "x_lens_attention_is": (
        "Attention: the softmax weight a(i, j) of token i on token j; a row adds up to 1.",
        "注意力：词元 i 对词元 j 的 softmax 权重 a(i, j)，每行之和为 1。",
    ),
    "x_lens_gated_is": (
        "Gated: g · a(i, j), the weight after the head's gate g has scaled it.",
        "门控后：g · a(i, j)，即乘以该头门控值 g 之后的权重。",
    ),
    "x_lens_effective_is": (
        "Effective: g · a(i, j) · ‖v(j)‖, the size of what token j really adds to the head's "
        "output, v(j) being its value vector.",
        "实际影响：g · a(i, j) · ‖v(j)‖，即词元 j 对该头输出的实际贡献大小，v(j) 为其值向量。",
    ),
    "x_sinks": ("Sinks", "汇聚点"),
    "x_hide_first": ("hide first token", "隐藏首词元"),
    "x_hide_first_hint": (
        "Leaves the first token out of pictures and scales; many heads rest there.",
        "图与色标中不计首词元；许多头会停在那里。",
    ),
    "x_hide_strongest": ("hide strongest column", "隐藏最强列"),
    "x_hide_strongest_hint": (
        "Leaves out the token that receives the most attention of all.",
        "不计获得注意力最多的词元。",
    ),
    "x_own_scale": ("each sense on its own scale", "各模态独立色标"),
    "x_own_scale_hint": (
        "On: the strongest place of each sense is full; the percentages tell how much goes "
        "there. Off: one scale, so that brightness can be compared.",
        "开启时各模态最强处为满亮度，份额见百分比；关闭时共用一个色标，亮度可互相比较。",
    ),
    "x_copy_title": ("The copy: choose a word, or play", "文案：选择一个词，或播放"),
    "x_copy_label": (
        "Words of the copy; left and right step, space plays",
        "文案词元；左右键逐词移动，空格播放",
    ),
    "x_no_words": ("No words were written.", "没有写出任何词。"),
    "x_step_back": ("Previous word", "上一个词"),
    "x_step_on": ("Next word", "下一个词"),
    "x_play": ("Play or pause", "播放或暂停"),
    "x_probability": ("probability", "概率"),
    "x_value": ("value", "值"),
    "x_end_mark": ("■ end", "■ 结束"),
    "x_mean_layer": (
        "{layer}, mean of its {count} open heads",
        "{layer}，{count} 个开启头的平均",
    ),
    "x_mean_all": (
        "Mean of the {count} open heads of all decision layers",
        "所有决策层 {count} 个开启头的平均",
    ),
    "x_say_wrote": (
        "— where the step looked that wrote {word} (probability {chance})",
        "— 写出 {word} 的这一步关注了哪里（概率 {chance}）",
    ),
    "x_say_used": (
        "— the written words that used {word}, brighter for more",
        "— 哪些生成的词用到了 {word}，越亮用得越多",
    ),
    "x_say_looks": (
        "— where {word} looks within the prompt. Click another token to make it look.",
        "— {word} 在输入中关注哪里。点击其他词元可切换。",
    ),
    "x_say_looked": (
        "— which tokens of the prompt look at {word}.",
        "— 输入中哪些词元关注 {word}。",
    ),
    "x_turn_back": ("Who looks at it?", "谁在关注它？"),
    "x_turn_on": ("Where does it look?", "它关注哪里？"),
    "x_back_to_word": ("Back to the word", "回到当前词"),
    "x_photo_title": ("Photo: click a cell", "照片：点击一格"),
    "x_whole_photo": ("whole photo", "整张照片"),
    "x_whole_hint": (
        "The token that sums up the whole photo, drawn as the frame",
        "概括整张照片的词元，以边框表示",
    ),
    "x_seen_hint": (
        "What the photo surely shows, put in words beside the spoken command",
        "照片中确定的商品，写成文字附在语音指令之后",
    ),
    "x_sound_title": ("Sound: click a moment", "声音：点击某一时刻"),
    "x_prompt_title": ("Command: click a word", "指令：点击一个词"),
    "x_typed_words": ("typed", "输入"),
    "x_heard_words": ("heard", "听到"),
    "x_map_hint": (
        "The whole prompt; click to read another part",
        "整段输入；点击查看其他部分",
    ),
    "x_window": ("words {from} to {to} of {count}", "第 {from} 至 {to} 词，共 {count} 词"),
    "x_to_strongest": ("go to the strongest", "跳到最强处"),
    # --- the overview
    "x_overview": ("All heads, all layers", "所有层的所有注意力头"),
    "x_colour_by": ("Colour", "着色"),
    "x_colour_attention": ("attention map", "注意力图"),
    "x_colour_gate": ("gate", "门控"),
    "x_colour_entropy": ("entropy", "熵"),
    "x_colour_share_image": ("attention to the photo", "对照片的注意力"),
    "x_colour_share_speech": ("attention to the sound", "对声音的注意力"),
    "x_colour_share_text": ("attention to the command", "对指令的注意力"),
    "x_colour_share_own": ("attention to own words", "对生成文字的注意力"),
    "x_colour_difference": ("difference B − A", "差异 B − A"),
    "x_colour_effect": ("measured effect", "实测影响"),
    "x_help_attention": (
        "Brightness: square root of the attention weight, each head to its own maximum. "
        "Number and bar: the head's gate. Hatched: closed. Corner: forced.",
        "亮度为注意力权重的平方根，各头按自身最大值缩放；数字与横条为门控值；"
        "斜线为关闭，角标为强制。",
    ),
    "x_help_gate": (
        "The gate of each head, closed ones too: a layer opens those with the highest.",
        "每个头的门控值（含关闭的头）：每层开启门控值最高的头。",
    ),
    "x_help_entropy": (
        "How widely a head spreads its attention: 0 on one token, 1 on all alike.",
        "注意力的分散程度：0 为集中于一个词元，1 为均匀分布。",
    ),
    "x_help_share": (
        "Mean share of a head's attention that goes there; in decision layers that of the "
        "written words.",
        "该头注意力中投向此处的平均份额；决策层只计生成文字。",
    ),
    "x_help_difference": (
        "Colour: gate of B less gate of A. The large map shows attention of B less that of A.",
        "颜色为 B 的门控减 A 的门控；大图为 B 的注意力减 A 的注意力。",
    ),
    "x_help_effect": (
        "Change in the chosen word's log-probability when the head is closed.",
        "关闭该头后，所选词对数概率的变化。",
    ),
    "x_help_long": (
        "Long input: a layer is computed when one of its heads or its name is clicked.",
        "输入较长：点击某层的头或名称时才计算该层。",
    ),
    "x_compute_layer": ("click to compute this layer", "点击计算此层"),
    "x_low": ("low", "低"),
    "x_high": ("high", "高"),
    "x_forced": ("forced", "强制"),
    # --- one head
    "x_detail": ("One head", "单个注意力头"),
    "x_detail_label": (
        "Heat map: rows look, columns are looked at.",
        "热图：行为发出关注的词元，列为被关注的词元。",
    ),
    "x_scale": ("Scale", "色标"),
    "x_scale_global": ("whole map", "全图"),
    "x_scale_row": ("each row", "逐行"),
    "x_scale_global_hint": ("One scale for all rows", "所有行共用一个色标"),
    "x_scale_row_hint": (
        "Each row is coloured by its own largest value; hover still tells the value",
        "每行按自身最大值着色；悬停仍显示实际值",
    ),
    "x_closed_forced": (
        "Closed by force for this run: it was never computed.",
        "本次运行中被强制关闭，因此没有计算。",
    ),
    "x_of_row": ("/ largest of its row", "／本行最大值"),
    "x_b_less_a": ("B − A", "B − A"),
    "x_diff_same": (
        "B less A over all {count} tokens, which are the same in both. Orange: more in B.",
        "B 减 A，两者的 {count} 个词元完全相同。橙色：B 更多。",
    ),
    "x_diff_common": (
        "B less A over the first {count} tokens, which both share. Orange: more in B.",
        "B 减 A，只含两者共有的前 {count} 个词元。橙色：B 更多。",
    ),
    "x_diff_layers": (
        "A and B come from models with different layers or heads: there is nothing to subtract.",
        "A 与 B 来自层数或头数不同的模型，无法相减。",
    ),
    "x_diff_prompts": (
        "A and B were given different prompts: their tokens do not match, so there is no map of "
        "differences.",
        "A 与 B 的输入不同，词元无法对应，因此没有差异图。",
    ),
    "x_diff_long": (
        "Inputs this long are averaged in blocks, and the blocks of A and B do not match in this "
        "layer. Choose a fusion layer.",
        "输入过长时按块平均，而此层 A 与 B 的块无法对应，请选择融合层。",
    ),
    # --- routes
    "x_routes": ("Routes: experts of each token", "路由：每个词元的专家"),
    "x_routes_note": (
        "Each token takes two experts a layer, the first above. Bars: share of the layer's "
        "work; the dashed line is an even share.",
        "每个词元在每层选两位专家，首选在上。柱形为各专家承担的份额，虚线为平均份额。",
    ),
    "x_expert": ("expert {number}", "专家 {number}"),
    "x_experts_taken": ("experts {experts}", "专家 {experts}"),
    "x_even_load": ("even share", "平均份额"),
    # --- interventions
    "x_causal": ("Test it: force gates, run again", "验证：强制门控并重新运行"),
    "x_force_note": (
        "Choose a head above, set its gate, and run the same request with the same seed.",
        "在上方选择一个头，设定门控，再以同样的种子运行同一请求。",
    ),
    "x_force_learnt": ("as learnt", "按学习值"),
    "x_force_closed": ("closed", "关闭"),
    "x_force_fixed": ("open at", "开启为"),
    "x_force_gate": ("gate to force", "强制的门控值"),
    "x_take_back": ("Take this back", "撤销"),
    "x_rerun": ("Run again with {count} forced", "以 {count} 个强制门控重新运行"),
    "x_rerun_plain": ("Run again", "重新运行"),
    "x_rerun_learnt": ("Run again as learnt", "按学习值重新运行"),
    "x_running": ("Running …", "运行中 …"),
    "x_needs_model": (
        "Forcing gates and measuring effects need the model; this page is a recording.",
        "强制门控与测量影响需要模型；本页面是记录。",
    ),
    "x_effects": ("Effect of closing each head", "关闭每个头的影响"),
    "x_measure": ("Measure for {word}", "测量 {word}"),
    "x_measuring": ("Measuring every head …", "正在逐头测量 …"),
    "x_effects_of": (
        "The 12 heads that matter most to {word}: closing the head changes its log-probability "
        "by this much. Beside it, where the head looked at that step.",
        "对 {word} 影响最大的 12 个头：关闭该头后其对数概率的变化；旁边是该头此步的关注去向。",
    ),
    "x_effect_head": ("change in log-probability", "对数概率变化"),
    "x_attention_head": ("where it looked", "关注去向"),
    "x_prompt_only": ("looks within the prompt", "只在输入内部关注"),
    "x_not_explanation": (
        "Attention is not explanation: over {count} open decision heads, the rank correlation of "
        "the size of the effect with the attention to photo, sound and command is {r}.",
        "注意力不等于解释：在 {count} 个开启的决策头中，影响大小与对照片、声音和指令的注意力之间的"
        "秩相关为 {r}。",
    ),
    # --- A and B
    "x_compare": ("A beside B", "A 与 B 对比"),
    "x_to_parting": ("Go to the first word that differs", "跳到第一个不同的词"),
    "x_same_words": ("Both wrote the same words.", "两次写出的文字相同。"),
    "x_side_a": ("A, kept", "A（保留）"),
    "x_side_b": ("B, newest", "B（最新）"),
    "x_step": ("Step {number}", "第 {number} 步"),
    "x_chance_chart": (
        "Probability of each token, A dashed and B solid",
        "每个词元的概率，A 为虚线，B 为实线",
    ),
    "x_times": ("Time", "时间"),
    "x_time_first_token": ("first token", "首词元"),
    "x_time_per_token": ("per token", "每词元"),
    "x_time_total": ("total", "总计"),
    "x_gates_moved": ("Gates that changed most", "变化最大的门控"),
    "x_gates_same": ("Every gate is the same in A and B.", "A 与 B 的门控完全相同。"),
    # --- export and cost
    "x_export": ("Export", "导出"),
    "x_export_head_png": ("This head as PNG", "当前头 PNG"),
    "x_export_head_svg": ("This head as SVG", "当前头 SVG"),
    "x_export_overview_png": ("All heads as PNG", "全部头 PNG"),
    "x_export_page": ("Page that opens offline", "可离线打开的网页"),
    "x_drawn_in": ("{what} drawn {ms} ms after the click", "点击后 {ms} 毫秒绘出{what}"),
    "x_drawn_head": ("Head", "注意力头"),
    "x_drawn_focus": ("Word", "词元"),
    "x_drawn_effects": ("Effects", "影响"),
    "x_last_payload": ("last payload: {view}, {size}", "最近载荷：{view}，{size}"),
    "x_status_view": ("View", "视图"),
    "x_status_times_asked": ("Asked", "次数"),
    "x_status_bytes": ("Last payload", "最近载荷"),
    "x_status_fetched_in": ("Fetched in", "取得用时"),
    "x_view_header": ("gates and names", "门控与名称"),
    "x_view_tokens": ("tokens", "词元"),
    "x_view_photo": ("photo", "照片"),
    "x_view_sound": ("spectrogram", "频谱图"),
    "x_view_layer": ("thumbnails of a layer", "一层的缩略图"),
    "x_view_frame": ("axes of the map", "热图坐标"),
    "x_view_matrix": ("map of a head", "注意力图"),
    "x_view_row": ("one row", "单行"),
    "x_view_column": ("one column", "单列"),
    "x_view_routes": ("routes", "路由"),
    "x_view_looks": ("attention of one step", "单步注意力"),
    "x_view_effects": ("measured effects", "实测影响"),
    "x_view_difference": ("difference of A and B", "A 与 B 之差"),
    "x_page_title": ("V2.5: attention of one request", "V2.5：一次请求的注意力"),
}
SHARED = (
    "image",
    "speech",
    "text",
    "own",
    "looks",
    "looked_at",
    "weight",
    "gate",
    "open",
    "closed",
    "head",
    "layer_fusion",
    "layer_decision",
    "group_fusion",
    "group_decision",
    "closed_note",
    "averaged_note",
    "exact_note",
)
"""Words of the page that the explorer says as well."""
PROBLEMS_OF_PAGES: dict[str, tuple[str, str]] = {
    "page_too_long": (
        "A page of its own can hold {limit} tokens, and this result has {count}. Save it as NPZ.",
        "离线网页最多容纳 {limit} 个词元，此结果有 {count} 个，请保存为 NPZ。",
    ),
    "page_without_trace": (
        "This result carries no attention to show. Run the request again.",
        "此结果没有可显示的注意力，请重新运行。",
    ),
}
