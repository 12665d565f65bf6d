"""Every word that the page shows, in English and in Chinese."""

from __future__ import annotations

from typing import Literal

from v25.labels import LABELS_EN, LABELS_ZH
from v25.lexicon import PRODUCTS, STYLES, Term
from v25.schema import Label
from v25.ui.benchmark_words import BENCHMARKS, FIGURES, PROBLEMS_OF_BENCHES, SCORES, SUITES
from v25.ui.explorer_words import EXPLORER, PROBLEMS_OF_PAGES
from v25.ui.page_words import COMPARISON, RECORDINGS, RUN_PROBLEMS, TIMES

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

_INPUTS: dict[str, tuple[str, str]] = {
    "tagline": (
        "Product copy from a photo, a voice or a few words, and every attention head behind it",
        "一张照片、一段语音或几句话，写出产品文案，并看清背后的每个注意力头",
    ),
    "prompt": ("What should it write?", "想写什么？"),
    "prompt_hint": (
        "e.g. Write a playful post and a premium one for this jacket, brand NORTHPINE, $89",
        "例如：为这双鞋写一条小红书种草文案和一条促销文案，品牌云步，199元",
    ),
    "photo": ("Product photo", "产品照片"),
    "photo_hint": ("Drop a photo, or click to choose", "拖入照片，或点击选择"),
    "voice": ("Spoken command", "语音指令"),
    "heads_budget": ("Open heads per layer", "每层开启的注意力头"),
    "heads_budget_hint": ("of {most}; fewer is faster", "共 {most} 个；越少越快"),
    "precision": ("Precision", "数值精度"),
    "precision_hint": ("int8 is smallest", "int8 最省内存"),
    "temperature": ("Temperature", "温度"),
    "temperature_hint": ("0: the likeliest word", "0：总取最可能的词"),
    "length": ("Length", "长度"),
    "length_hint": ("most tokens to write", "最多生成的词元数"),
    "settings": ("Settings", "设置"),
    "run": ("Write the copy", "开始写作"),
    "recording": ("Recording …", "录音中 …"),
    "hearing": ("Heard so far:", "已听到："),
    "running": ("Writing …", "写作中 …"),
    "stop": ("Stop", "停止"),
    "clear": ("Clear", "清空"),
    "examples": ("Examples: pick one, then press the button", "示例：选一个，再按按钮"),
    "examples_zh": ("Chinese examples", "中文示例"),
    "examples_en": ("English examples", "英文示例"),
    "spoken_example": ("Spoken command", "语音指令"),
    "photo_example": ("A photo alone", "只有照片"),
}

_RESULTS: dict[str, tuple[str, str]] = {
    "copy": ("Copy", "文案"),
    "copy_empty": (
        "Add a photo, speak or type a command, and the copy appears here word by word.",
        "上传照片，说出或输入指令，文案会在这里逐字出现。",
    ),
    "variant": ("Copy {number}", "文案 {number}"),
    "copy_button": ("Copy text", "复制"),
    "copied": ("Copied", "已复制"),
    "idle": ("Ready", "就绪"),
    "waiting": ("Waiting for its turn …", "排队等待中 …"),
    "reading": ("Reading the request …", "正在理解输入 …"),
    "writing": ("Writing …", "正在写作 …"),
    "end": ("Done", "完成"),
    "finish_length": ("Length limit reached", "已到长度上限"),
    "stopped": ("Stopped; the text so far is kept", "已停止，已写的文字保留"),
    "failed": ("Interrupted; the text so far is kept", "已中断，已写的文字保留"),
    "tokens_written": ("{count} tokens", "{count} 个词元"),
    "found": ("Found in the catalogue", "在目录里找到"),
    "untold": (
        "Nothing here tells a product that V2.5 knows, so it chose one. Name one or add its photo.",
        "没有找到 V2.5 认识的商品，所以它自己选了一个。请写明商品，或上传照片。",
    ),
    "untold_known": ("What it writes about: {count} products", "它会写的 {count} 种商品"),
    "heard": ("What it heard", "听到的内容"),
    "heard_empty": ("No sound in this request", "本次没有语音"),
    "heard_nothing": ("No words recognised", "没有听清任何词"),
    "listened": ("Heard by {name}", "识别：{name}"),
    "listener_embedded": (
        "the built-in encoder, which knows synthetic voices only",
        "内置语音编码器，只学过合成语音",
    ),
    "saw": ("What it saw", "看到的内容"),
    "saw_empty": ("No photo in this request", "本次没有照片"),
    "saw_unsure": (
        "Not sure what this photo shows. Name the product in the command to be safe.",
        "不确定照片里是什么，请在指令中写明产品。",
    ),
    "not_yet": ("Nothing yet", "暂无"),
    "latency": ("Latency", "延迟"),
    "first_token": ("Time to first token", "首词元延迟"),
    "per_token": ("Per token", "每词元"),
    "rate": ("Tokens per second", "每秒词元"),
    "total": ("Total", "总耗时"),
    "stage_wait": ("Waiting", "排队"),
    "stage_read": ("Read inputs", "读取输入"),
    "stage_image": ("Photo", "照片编码"),
    "stage_speech": ("Speech", "语音编码"),
    "stage_listen": ("Other recogniser", "外部语音识别"),
    "stage_text": ("Text", "文本编码"),
    "stage_fusion": ("Fusion", "跨模态融合"),
    "stage_gates": ("Gates", "门控"),
    "stage_prefill": ("Prefill", "预填充"),
    "stage_decode": ("Decode", "解码"),
}

_ATTENTION: dict[str, tuple[str, str]] = {
    "layer_fusion": ("Fusion {number}", "融合 {number}"),
    "layer_decision": ("Decision {number}", "决策 {number}"),
    "group_fusion": ("Fusion layers", "融合层"),
    "group_decision": ("Decision layers", "决策层"),
    "head": ("head {number}", "头 {number}"),
    "gate": ("gate", "门控"),
    "open": ("open", "开启"),
    "closed": ("closed", "关闭"),
    "closed_note": (
        "Closed for this request: its gate was not among the highest, so it was never computed.",
        "本次请求中关闭：门控值不在最高之列，因此没有计算。",
    ),
    "averaged_note": (
        "{count} tokens drawn as {side} × {side} cells, each the mean of its block. "
        "Hover tells the weight; colours follow its square root.",
        "{count} 个词元绘制为 {side} × {side} 格，每格为所在块的平均值。"
        "悬停可看权重，颜色按其平方根变化。",
    ),
    "exact_note": (
        "{count} × {count} weights, exact. Hover tells the weight; colours follow its square root.",
        "{count} × {count} 个精确权重。悬停可看权重，颜色按其平方根变化。",
    ),
    "looks": ("token that looks", "发出关注的词元"),
    "looked_at": ("where it looks", "被关注的词元"),
    "weight": ("weight", "权重"),
    "image": ("photo cells", "照片格"),
    "speech": ("sound", "声音帧"),
    "text": ("words of the command", "指令文字"),
    "own": ("written words", "生成文字"),
}

_PROBLEMS: dict[str, tuple[str, str]] = {
    "no_input": (
        "Type a command, add a photo or record your voice first.",
        "请先输入指令、上传照片或录一段语音。",
    ),
    "text_too_long": (
        "The text has {length} characters; at most {limit} can be read. Please shorten it.",
        "文字有 {length} 个字符，最多可读 {limit} 个，请缩短。",
    ),
    "too_many_tokens": (
        "The text has {length} tokens; at most {limit} can be read. Please shorten it.",
        "文字有 {length} 个词元，最多可读 {limit} 个，请缩短。",
    ),
    "wrong_type": (
        "The value of {name} is of the wrong type. Please correct it.",
        "{name} 的值类型不对，请更正。",
    ),
    "image_missing": (
        "The photo is no longer there. Please upload it again.",
        "找不到这张照片，请重新上传。",
    ),
    "image_unreadable": (
        "This photo cannot be read. Please use a PNG, JPEG or WebP picture.",
        "无法读取这张照片，请使用 PNG、JPEG 或 WebP 图片。",
    ),
    "image_too_large": (
        "The photo has {megapixels} megapixels; at most {limit} are accepted. "
        "Please scale it down.",
        "照片有 {megapixels} 百万像素，最多 {limit} 百万，请缩小后再试。",
    ),
    "audio_missing": (
        "The sound is no longer there. Please record or upload it again.",
        "找不到这段声音，请重新录制或上传。",
    ),
    "audio_unreadable": (
        "This sound cannot be read. Please record again or use a WAV, FLAC or MP3 file.",
        "无法读取这段声音，请重新录制，或使用 WAV、FLAC、MP3 文件。",
    ),
    "audio_empty": (
        "The recording is empty. Please record again.",
        "录音是空的，请重新录制。",
    ),
    "audio_silent": (
        "The recording is silent. Please check the microphone and speak again.",
        "录音里没有声音，请检查麦克风后再说一遍。",
    ),
    "audio_too_long": (
        "The recording lasts {seconds} s; at most {limit} s are accepted. Please keep it shorter.",
        "录音长 {seconds} 秒，最多 {limit} 秒，请录短一些。",
    ),
    "heads_out_of_range": (
        "{value} heads cannot be opened; choose 1 to {most}.",
        "无法开启 {value} 个注意力头，请选择 1 到 {most}。",
    ),
    "no_torchao": (
        "INT8 needs the package torchao. Please install it or choose another precision.",
        "INT8 需要 torchao 包，请安装它，或选择其他精度。",
    ),
    "unknown_quantization": (
        "Precision {value} is not offered here; choose one of {choices}.",
        "这里不提供精度 {value}，可选 {choices}。",
    ),
    "max_length_out_of_range": (
        "{value} tokens cannot be written; choose 1 to {most}.",
        "无法写 {value} 个词元，请选择 1 到 {most}。",
    ),
    "temperature_out_of_range": (
        "Temperature {value} cannot be used; choose 0 to 5.",
        "无法使用温度 {value}，请选择 0 到 5。",
    ),
    "gate_out_of_range": (
        "Gate {value} cannot be forced; choose a number from 0 to 1.",
        "无法强制门控为 {value}，请选择 0 到 1 之间的数。",
    ),
    "no_such_head": (
        "There is no head [{layer}][{head}]: there are {layers} layers of {heads} heads.",
        "没有注意力头 [{layer}][{head}]：共有 {layers} 层，每层 {heads} 个头。",
    ),
    "no_such_token": (
        "There is no written token {position}; {count} were written.",
        "没有第 {position} 个已写词元，共写了 {count} 个。",
    ),
    "effects_too_long": (
        "This text has {count} tokens; effects are measured up to {most}. Please shorten it.",
        "这段文本有 {count} 个词元，最多可测量 {most} 个，请缩短后再试。",
    ),
    "effects_need_model": (
        "What a head does can only be measured right after a run. Please run the request again.",
        "只有刚运行过的结果才能测量注意力头的作用，请重新运行。",
    ),
    "bad_recording": (
        "This file is not a recording that can be opened. Please choose one saved by this version.",
        "无法打开这个文件，请选择由本版本保存的记录。",
    ),
    "recording_too_large": (
        "The recording is too large: {megabytes} MB; at most {limit} MB. Save long ones as NPZ.",
        "记录太大：{megabytes} MB，最多 {limit} MB。较长的记录请存为 NPZ。",
    ),
    "top_p_out_of_range": (
        "Top-p {value} cannot be used; choose a number above 0, up to 1.",
        "无法使用 top-p {value}，请选择大于 0 且不超过 1 的数。",
    ),
    "max_side_out_of_range": (
        "The side of the map must be a whole number from 1. Please choose another.",
        "注意力图的边长须为不小于 1 的整数，请换一个。",
    ),
    "device_missing": (
        "There is no device {value} here; choose cpu, or leave it out.",
        "这里没有设备 {value}，请选择 cpu 或留空。",
    ),
    "model_missing": (
        "The model's files were not found. Please check the installation.",
        "找不到模型文件，请检查安装。",
    ),
    "checkpoint_mismatch": (
        "The model's files do not fit this version. Please reinstall the model.",
        "模型文件与此版本不符，请重新安装模型。",
    ),
    "damaged_model": (
        "A file of the model is damaged. Please reinstall the model.",
        "模型的一个文件已损坏，请重新安装模型。",
    ),
    "queue_full": (
        "Many people are waiting just now. Please try again in a minute.",
        "现在排队的人较多，请一分钟后再试。",
    ),
    "general": (
        "Something went wrong on our side; your inputs are kept. Please try again.",
        "系统出了点问题，您的输入已保留，请再试一次。",
    ),
}

_ALL_PROBLEMS = {**_PROBLEMS, **RUN_PROBLEMS, **PROBLEMS_OF_PAGES, **PROBLEMS_OF_BENCHES}
SENTENCES: dict[str, tuple[str, str]] = {
    **_INPUTS,
    **_RESULTS,
    **_ATTENTION,
    **COMPARISON,
    **TIMES,
    **RECORDINGS,
    **EXPLORER,
    **BENCHMARKS,
    **SUITES,
    **FIGURES,
    **SCORES,
    **_ALL_PROBLEMS,
}
PROBLEMS: frozenset[str] = frozenset(_ALL_PROBLEMS)

MICROPHONE_BANNER = (
    "The microphone needs HTTPS or localhost; sound files still work. "
    "麦克风需要 HTTPS 或本机访问；仍可上传声音文件。"
)


def say(key: str, language: Language, **values: object) -> str:
    """The sentence `key` in `language`, with `values` filled in.

    Numbers are rounded to one decimal, sequences are joined.

    Raises:
        KeyError: no such sentence, or a value of it is missing.
    """
    return SENTENCES[key][LANGUAGES.index(language)].format(
        **{name: _readable(value) for name, value in values.items()}
    )


def problem(key: str, language: Language, values: dict[str, object]) -> str:
    """What to tell a person about the error `key`; the general sentence when it is unknown."""
    try:
        return say(key if key in PROBLEMS else "general", language, **values)
    except KeyError:
        return say("general", language)


def layer_name(name: str, language: Language) -> str:
    """A layer's name ("fusion 2") in `language`."""
    kind, _, number = name.partition(" ")
    key = f"layer_{kind}"
    return say(key, language, number=number) if key in SENTENCES else name


def style_name(style: str, language: Language, number: int) -> str:
    """The heading of a variant in style `style`; its number when the style is unknown."""
    term = STYLES.get(style)
    if term is None:
        return say("variant", language, number=number)
    return _capitalised(_first(term, language))


def label_name(label: Label, language: Language) -> str:
    """What a photo shows, in `language`; the classifier's own label when it has no translation."""
    names = LABELS_ZH if language == "zh" else LABELS_EN
    if label.label in names:
        return names[label.label]
    product = PRODUCTS.get(label.product)
    if product is None:
        return label.label
    return _capitalised(_first(product, language))


def product_names(language: Language) -> str:
    """Every product that the model writes about."""
    return ("、" if language == "zh" else ", ").join(
        _first(product, language) for product in PRODUCTS.values()
    )


def from_header(accepted: str | None) -> Language:
    """The language that a browser's Accept-Language header asks for: the first known one."""
    for part in (accepted or "").lower().split(","):
        tag = part.split(";")[0].strip()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en"


def _first(term: Term, language: Language) -> str:
    return (term.zh if language == "zh" else term.en)[0]


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def _readable(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(map(str, value))
    return str(value)
