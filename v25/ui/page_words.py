"""What the page says about two results, times and recordings, in English and in Chinese."""

from __future__ import annotations

COMPARISON: dict[str, tuple[str, str]] = {
    "with_seed": ("seed {seed}", "随机种子 {seed}"),
    "again": ("Run again, same seed", "同种子再运行"),
    "again_hint": (
        "The same inputs and seed with the settings as they are now, beside the result so far.",
        "用相同输入和随机种子，按当前设置再运行一次，与现有结果并列。",
    ),
    "pin": ("Keep as A", "保留为 A"),
    "pin_hint": (
        "Keep this result; the next ones stand beside it as B and use its seed.",
        "保留这个结果，之后的结果作为 B 并列显示，并沿用它的随机种子。",
    ),
    "unpin": ("Let A go", "取消 A"),
    "unpin_hint": ("Show the newest result alone", "只显示最新结果"),
    "side_A": ("kept", "保留"),
    "side_B": ("newest", "最新"),
    "same_settings": ("The same request and settings", "请求和设置相同"),
    "command": ("Command", "指令"),
    "heads_open": ("Heads that ran", "运行的头"),
    "heads_ran": ("{open} of {all}", "{open} / {all}"),
    "forced_gates": ("Forced gates", "强制门控"),
    "gates_free": ("none", "无"),
    "and_more": ("and {count} more", "等另外 {count} 个"),
    "seed": ("Seed", "随机种子"),
    "its_own": ("its own", "另一张"),
    "none": ("none", "无"),
    "log_probability": (
        "Mean natural log-probability of the written tokens",
        "所写词元的平均自然对数概率",
    ),
    "first_token_short": ("First token", "首词元"),
    "per_token_short": ("Per token", "每词元"),
    "total_short": ("Total", "总计"),
    "log_probability_short": ("Mean log p", "平均 log p"),
}

TIMES: dict[str, tuple[str, str]] = {
    "stage_at": (
        "{name}: starts at {start} ms, takes {ms} ms",
        "{name}：始于 {start} 毫秒，用时 {ms} 毫秒",
    ),
    "each_token": ("Each token", "逐词元用时"),
    "token_times": (
        "{count} tokens · median {median} · slowest {slowest}",
        "{count} 个词元 · 中位 {median} · 最慢 {slowest}",
    ),
    "token_time": ("token {number}: {ms} ms", "第 {number} 个词元：{ms} 毫秒"),
    "memory": ("Memory", "内存"),
    "memory_weights": ("Weights", "权重"),
    "memory_cache": ("Keys and values", "键和值"),
    "memory_trace": ("For looking", "用于查看"),
    "memory_peak": ("GPU peak", "显存峰值"),
    "over_runs": (
        "p50 and p95 over your last {count} finished runs at {precision}.",
        "p50 与 p95 取自您最近完成的 {count} 次 {precision} 运行。",
    ),
    "looking_costs": (
        "Keeping what looking needs changes a run's time by {change} (paired runs on {hardware}).",
        "为查看注意力而保留数据，使运行时间变化 {change}（在 {hardware} 上成对测得）。",
    ),
}

RECORDINGS: dict[str, tuple[str, str]] = {
    "recordings": ("This result as a file", "结果文件"),
    "save_html": ("Web page", "网页"),
    "save_npz": ("NPZ", "NPZ"),
    "save_json": ("JSON", "JSON"),
    "open_recording": ("Open a recording …", "打开记录 …"),
    "replayed": ("Recording; no model was run", "记录回放，未运行模型"),
}

RUN_PROBLEMS: dict[str, tuple[str, str]] = {
    "nothing_to_repeat": (
        "There is nothing to run again yet. Write a copy first.",
        "还没有可以再次运行的内容，请先写一条文案。",
    ),
    "nothing_to_keep": (
        "There is no result to keep yet. Write a copy first.",
        "还没有可以保留的结果，请先写一条文案。",
    ),
    "recording_has_no_inputs": (
        "A recording cannot be run again: it holds no original inputs. Write a copy first.",
        "记录里没有原始输入，无法再次运行，请先写一条文案。",
    ),
    "still_busy": (
        "A request is still running. Wait for it, or press Stop first.",
        "上一个请求还在运行，请稍候，或先按停止。",
    ),
    "session_expired": (
        "This page was idle for long and its result was let go. Please write the copy again.",
        "页面闲置过久，结果已被清除，请重新写作。",
    ),
    "gates_unreadable": (
        "The forced gates cannot be read. Please reload the page.",
        "无法读取强制门控设置，请重新加载页面。",
    ),
    "stopped_empty": (
        "Stopped before the first word, so nothing new was written.",
        "在写出第一个词之前已停止，没有新内容。",
    ),
    "nothing_written": (
        "The model ended at once and wrote nothing. Please run it again or change the command.",
        "模型立即结束，没有写出内容，请再运行一次或修改指令。",
    ),
    "nothing_to_save": (
        "There is no result to save yet. Write a copy first.",
        "还没有可以保存的结果，请先写一条文案。",
    ),
    "no_model": (
        "This page shows a recording and has no model to run. Start it without --replay to write.",
        "此页面只回放记录，没有可运行的模型；要写作请不带 --replay 启动。",
    ),
}
