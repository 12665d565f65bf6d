// Which experts each token took in each decision layer, and how much work each expert had.
const routes = { data: null };

routes.make = () => {
  routes.canvas = h("canvas", { class: "x-routes-strip", onclick: (event) => {
    const spot = routes.under(event);
    if (!spot) return;
    if (spot.token > S.header.prompt) set({ word: spot.token, probe: null, playing: false }, event);
    else if (spot.token < S.header.prompt) choosePromptToken(spot.token, event);
  }, onmousemove: (event) => routes.hover(routes.under(event)),
  onmouseleave: () => routes.hover(null) });
  routes.read = h("p", { class: "x-read" });
  routes.loads = h("div", { class: "x-loads" });
  routes.legend = h("div", { class: "x-legend" });
  return h("section", { class: "x-card x-routes", "aria-label": t("routes") },
    h("header", {}, h("h3", {}, t("routes")), routes.legend), routes.canvas, routes.read,
    routes.loads, h("p", { class: "x-note" }, t("routes_note")));
};

routes.update = async (changed) => {
  if (changed.has("revision")) {
    routes.data = null;
    if (!S.tokens) return;
    const made = await view("routes").catch(() => null);
    if (!made) return;
    const [layers, tokens, ways] = made.routes.shape;
    routes.data = { taken: unpack(made.routes), layers, tokens, ways, experts: made.experts };
    routes.fill();
  }
  routes.draw();
};

routes.at = (layer, token) => {
  const { taken, tokens, ways } = routes.data, at = (layer * tokens + token) * ways;
  return taken.subarray(at, at + ways);
};
routes.name = (layer) => layerName(S.header.layers.length - routes.data.layers + layer);

/** Share of a layer's expert places that each expert filled; an even share is 1 / experts. */
routes.load = (layer) => {
  const { tokens, ways, experts } = routes.data, counts = new Float64Array(experts);
  for (let token = 0; token < tokens; token++)
    for (const expert of routes.at(layer, token)) counts[expert] += 1 / (tokens * ways);
  return counts;
};

routes.fill = () => {
  const { layers, experts } = routes.data;
  routes.legend.replaceChildren(...Array.from({ length: experts }, (_, e) =>
    h("span", {}, h("i", { style: `background:${expertColour(e)}` }), e + 1)));
  routes.loads.replaceChildren(...Array.from({ length: layers }, (_, layer) => {
    const loads = routes.load(layer), most = Math.max(...loads, 2 / experts);
    return h("div", { class: "x-load", "data-layer": layer }, h("em", {}, routes.name(layer)),
      h("span", {}, ...Array.from(loads, (load, e) => h("i", {
        style: `height:${((100 * load) / most).toFixed(2)}%;background:${expertColour(e)}`,
        title: `${t("expert", { number: e + 1 })} ${percent(load)}`,
        "data-load": load, "data-expert": e,
      })), h("u", { style: `bottom:${100 / experts / most}%`, title: t("even_load") })));
  }));
};

routes.draw = () => {
  if (!routes.data) return;
  const { layers, tokens, ways } = routes.data, { canvas } = routes;
  const box = canvas.parentElement;
  const width = box.clientWidth - 2 * parseFloat(getComputedStyle(box).paddingLeft);
  if (width < 40) return;
  const label = width < 480 ? 46 : 70, tall = 18, gap = 4, top = 14;
  routes.place = { label, tall, gap, top, wide: width - label };
  const brush = pen(canvas, width, top + layers * (tall + gap));
  const x = (token) => label + (token / tokens) * (width - label);
  brush.font = `10.5px ${style("--font", "sans-serif")}`;
  brush.textBaseline = "middle";
  const step = Math.max(1, Math.floor(tokens / (2 * (width - label))));
  for (let layer = 0; layer < layers; layer++) {
    const y = top + layer * (tall + gap);
    brush.fillStyle = style("--x-faint", "#777");
    brush.fillText(routes.name(layer), 0, y + tall / 2, label - 6);
    for (let token = 0; token < tokens; token += step)
      routes.at(layer, token).forEach((expert, way) => {
        brush.fillStyle = expertColour(expert);
        brush.fillRect(x(token), y + (way * tall) / ways, Math.max(0.6, x(token + step) - x(token)),
          tall / ways);
      });
  }
  routes.kinds(brush, x);
  if (S.word === null) return;
  const at = S.probe ?? (promptLooks() ? S.looker : Math.min(S.word, tokens - 1));
  brush.strokeStyle = style("--x-choice", "#d9480f");
  brush.lineWidth = 1.5;
  brush.strokeRect(x(at) - 0.75, top - 3, Math.max(3, x(at + 1) - x(at)) + 1.5,
    layers * (tall + gap) + 1);
};

routes.kinds = (brush, x) => {
  let start = 0;
  for (let token = 1; token <= S.header.count; token++) {
    if (token < S.header.count && S.tokens.kinds[token] === S.tokens.kinds[start]) continue;
    brush.fillStyle = style(`--x-${MODALITIES[S.tokens.kinds[start]]}`, "#888");
    brush.fillRect(x(start), 2, Math.max(1, x(token) - x(start) - 1), 5);
    start = token;
  }
};

routes.under = (event) => {
  const { place, data } = routes;
  if (!place || !data) return null;
  const box = routes.canvas.getBoundingClientRect(), x = event.clientX - box.left - place.label;
  const layer = Math.floor((event.clientY - box.top - place.top) / (place.tall + place.gap));
  if (x < 0 || layer < 0 || layer >= data.layers) return null;
  return { layer, token: Math.min(data.tokens - 1, Math.floor((x / place.wide) * data.tokens)) };
};

routes.hover = (spot) => {
  routes.read.textContent = !spot ? "" : `${routes.name(spot.layer)} · ` +
    `“${shown(S.tokens.texts[spot.token])}” · ${t("experts_taken", {
      experts: Array.from(routes.at(spot.layer, spot.token), (e) => e + 1).join(" + "),
    })}`;
};
