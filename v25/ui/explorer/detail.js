// One head in full, drawn with Plotly: every pair of tokens with its value.
const detail = { turn: 0 };
const PLOT = {
  displaylogo: false, responsive: false, scrollZoom: false,
  modeBarButtonsToRemove: ["toImage", "pan2d", "select2d", "lasso2d", "autoScale2d"],
};

detail.make = () => {
  Object.assign(detail, { listening: false, drawn: null, margins: {} });
  detail.title = h("h3", { id: "x-head-title" }, t("detail"));
  detail.plot = h("div", { class: "x-plot", role: "img" });
  detail.line = h("i", { class: "x-row-line", hidden: true });
  detail.note = h("p", { class: "x-note", id: "x-head-note" });
  detail.bar = h("span", { class: "x-bar" });
  return h("section", { class: "x-card x-detail", "aria-label": t("detail") },
    h("header", {}, detail.title, detail.bar),
    h("div", { class: "x-plot-box" }, detail.plot, detail.line), detail.note);
};

/** Plotly itself, fetched when the first head is drawn. */
detail.library = () => {
  if (window.Plotly?.react) return Promise.resolve(window.Plotly);
  detail.loading = detail.loading || new Promise((done, fail) => {
    const root = (window.gradio_config?.root || ".").replace(/\/?$/, "/"); // behind any proxy
    const script = h("script", { src: root + S.value.plotly });
    script.onload = () => done(window.Plotly);
    script.onerror = () => { detail.loading = null; fail(new Error("plotly")); };
    document.head.append(script);
  });
  return detail.loading;
};

detail.update = (changed) => {
  if (changed.has("revision")) {
    detail.margins = {};
    detail.bar.replaceChildren(choices(t("scale"), t("scale"), [
      ["global", t("scale_global"), t("scale_global_hint")],
      ["row", t("scale_row"), t("scale_row_hint")],
    ], "scale"));
  }
  refreshChoices(detail.bar);
  detail.bar.hidden = Boolean(detail.differs()); // differences have one scale, even on both sides
  detail.name();
  const mattering = ["revision", "chosen", "lens", "scale", "hideFirst", "hideStrongest", "theme",
    "colour"];
  if (mattering.some((name) => changed.has(name))) detail.draw();
  else detail.mark();
};

detail.differs = () => S.colour === "difference" && S.pinned;

detail.name = () => {
  const [layer, head] = S.chosen, open = isOpen(layer, head);
  detail.title.textContent = `${headName(layer, head)} · ${t("gate")} ` +
    `${gateOf(layer, head).toFixed(4)} · ${t(open ? "open" : "closed")}` +
    (detail.differs() ? ` · ${t("b_less_a")}` : "");
};

detail.draw = async () => {
  if (!S.tokens) return;
  const mine = ++detail.turn, [layer, head] = S.chosen;
  const given = { layer, head, lens: S.lens }, differs = detail.differs();
  try {
    const kind = S.header.layers[layer].split(" ")[0];
    const alike = S.header.layers.findIndex((name) => name.startsWith(kind)); // one frame for all
    const [plotly, frame, map] = await Promise.all([
      detail.library(), view("frame", { layer: alike }),
      matrix(differs ? "difference" : "matrix", given)]);
    if (mine !== detail.turn) return;
    if (map.why) { detail.refuse(map.why); return; }
    const made = detail.figure(frame.figure, map, differs, kind);
    detail.plot.hidden = false;
    await plotly.react(detail.plot, made.data, made.layout, PLOT);
    detail.keep(made.layout);
    if (mine !== detail.turn) return;
    detail.drawn = { layer, head, map, differs };
    detail.plot.dataset.head = `${layer} ${head} ${S.lens} ${S.scale}`;
    detail.plot.setAttribute("aria-label", `${detail.title.textContent}. ${t("detail_label")}`);
    detail.tell(map, differs);
    detail.listen();
    detail.mark();
    drawnNow("head");
  } catch (error) { failed(error); }
};

detail.refuse = (why) => {
  detail.plot.hidden = true;
  detail.line.hidden = true;
  detail.note.textContent = t(why);
};

/** The frame from Python with the values of `map` in it. */
detail.figure = (frame, map, differs, kind) => {
  const [heat, ...legend] = frame.data, hidden = differs ? [] : sinks(map.sums), values = [];
  const ratios = [];
  let most = 0;
  for (let i = 0; i < map.side; i++) {
    const row = map.row(i);
    for (const j of hidden) row[j] = NaN;
    let peak = 0;
    for (const value of row) if (Math.abs(value) > peak) peak = Math.abs(value);
    most = Math.max(most, peak);
    values.push(row);
    if (S.scale === "row" && !differs) ratios.push(row.map((value) => value / (peak || 1)));
  }
  const byRow = ratios.length > 0, label = t(differs ? "b_less_a" : `lens_${S.lens}`);
  const title = byRow ? `${label} ${t("of_row")}` : label;
  const labels = heat.x.slice(0, map.side);
  const told = byRow ? "%{customdata:.5f}" : differs ? "%{z:+.5f}" : "%{z:.5f}";
  const data = {
    ...heat, z: byRow ? ratios : values, customdata: byRow ? values : null, x: labels, y: labels,
    colorscale: differs ? S.value.differences : heat.colorscale,
    zmin: differs ? -(most || 1) : 0, zmax: byRow ? 1 : most || 1, hoverongaps: false,
    hovertemplate: `%{y} → %{x}<br>${label} ${told}<extra></extra>`,
    colorbar: { ...heat.colorbar, title: { ...heat.colorbar.title, text: title } },
  };
  return { data: [data, ...legend], layout: detail.layout(frame.layout, map.side, kind) };
};

detail.layout = (from, side, kind) => {
  const width = detail.plot.parentElement.clientWidth, small = width < 480;
  const upTo = side - 0.5, ink_ = style("--x-faint", "#8b93a1");
  const meta = `${kind} ${side} ${width} ${S.lens} ${S.scale} ${S.colour}`;
  const known = detail.margins[meta];
  const shapes = from.shapes.map((shape) => ({
    ...shape, ...(shape.xref === "x" ? { x1: Math.min(shape.x1, upTo) } : {}),
    ...(shape.yref === "y" ? { y1: Math.min(shape.y1, upTo) } : {}),
  })).filter((shape) => !(shape.xref === "x" && shape.x0 >= upTo) &&
    !(shape.yref === "y" && shape.y0 >= upTo));
  return {
    ...from, shapes, width, height: detail.height(small), autosize: false,
    font: { ...from.font, color: ink_ }, uirevision: `${side}`,
    margin: known || { l: 12, r: 6, t: small ? 6 : 30, b: small ? 50 : 66 }, showlegend: !small,
    xaxis: detail.axis(from.xaxis, [-0.5, upTo], small, !known),
    yaxis: detail.axis(from.yaxis, [upTo, -0.5], small, !known), meta,
    hoverlabel: { font: { family: style("--font", "sans-serif") } },
  };
};

/** As tall as the overview beside it, within reason. */
detail.height = (small) =>
  (small ? 420 : Math.max(450, Math.min(560, (overview.place?.total || 0) + 78)));

/** Plotly draws everything twice to find room for the labels: heads with the same ones share it. */
detail.keep = ({ meta }) => {
  const { l, r, t: top, b } = detail.plot._fullLayout._size;
  detail.margins[meta] = { l, r, t: top, b, autoexpand: false };
};

/** An axis of the frame; on a phone without its title, which the note below tells as well. */
detail.axis = (from, range, small, automargin) => ({
  ...from, range, automargin,
  ...(small ? { title: { text: "" }, tickfont: { ...from.tickfont, size: 9 } } : {}),
});

detail.tell = (map, differs) => {
  const [layer, head] = S.chosen, whole = map.side === map.count;
  const said = differs
    ? t(map.common < Math.max(S.header.count, S.pinned.count) ? "diff_common" : "diff_same",
      { count: map.common })
    : !isOpen(layer, head)
      ? t(S.header.forced[layer * S.header.heads + head] ? "closed_forced" : "closed_note")
      : t(whole ? "exact_note" : "averaged_note", { count: map.count, side: map.side });
  detail.note.textContent = said;
};

detail.listen = () => {
  if (detail.listening) return;
  detail.listening = true;
  detail.plot.on("plotly_click", ({ points: [point] }) => {
    const map = detail.drawn.map;
    if (map.side !== map.count) return;
    const [y, x] = point.pointIndex;
    if (fuses(detail.drawn.layer)) set({ looker: y, scope: "head", reverse: false });
    else if (y >= S.header.prompt) set({ word: y + 1, probe: null, playing: false });
    else if (x < S.header.prompt) set({ probe: x, playing: false });
  });
  detail.plot.on("plotly_afterplot", detail.mark);
};

/** A line across the row that the rest of the explorer shows now. */
detail.mark = () => {
  const { line, plot, drawn } = detail, axes = plot._fullLayout;
  const row = !drawn || drawn.differs && drawn.map.common === undefined ? null
    : fuses(drawn.layer) ? S.looker : S.word === null ? null : S.word - 1;
  line.hidden = true;
  if (row === null || !axes?.yaxis || plot.hidden || drawn.map.side !== drawn.map.count) return;
  if (row >= drawn.map.side) return;
  const { xaxis, yaxis } = axes, top = yaxis._offset + yaxis.l2p(row - 0.5);
  const height = yaxis.l2p(row + 0.5) - yaxis.l2p(row - 0.5);
  if (top < yaxis._offset - 1 || top + height > yaxis._offset + yaxis._length + 1) return;
  line.hidden = false;
  line.style.cssText =
    `left:${xaxis._offset}px;width:${xaxis._length}px;top:${top}px;height:${height}px`;
};
