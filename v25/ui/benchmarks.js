// Draws the figures of one suite with Plotly. `element`, `props` and `watch` are Gradio's.
const SHAPES = {
  circle: "●", square: "■", diamond: "◆", "triangle-up": "▲", cross: "✚", x: "✖", star: "★",
  hexagon: "⬢",
};
const OPTIONS = { displayModeBar: false, displaylogo: false, responsive: true, scrollZoom: false };
let turn = 0;

function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
}

/** Plotly itself: the one that the explorer draws with, fetched once. */
function library(address) {
  if (window.Plotly?.react) return Promise.resolve(window.Plotly);
  const root = (window.gradio_config?.root || ".").replace(/\/?$/, "/"); // behind any proxy
  return new Promise((done, fail) => {
    const known = document.querySelector("script[src$='plotly.min.js']"); // on its way already
    const script = known || make("script");
    script.addEventListener("load", () => done(window.Plotly));
    script.addEventListener("error", () => fail(new Error("plotly")));
    if (known) return;
    script.src = root + address;
    document.head.append(script);
  });
}

function sources(value) {
  const line = make("p", "b-sources");
  for (const { label, colour, live } of value.sources) {
    const entry = make("span"), mark = make("i", live ? "b-live" : "");
    if (value.lines) mark.classList.add("b-line");
    mark.style.setProperty("--b-colour", value.lines ? "currentColor" : colour);
    entry.append(mark, label);
    line.append(entry);
  }
  return line;
}

function legend(keys) {
  const line = make("p", "b-legend");
  for (const { label, colour, symbol } of keys) {
    const entry = make("span"), mark = make("i", "", SHAPES[symbol] || "●");
    mark.style.color = colour;
    entry.append(mark, label);
    line.append(entry);
  }
  return line;
}

/** Bars end where what stands behind them still fits; names take two lines where it is narrow. */
function fit(data, layout, width, family) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `12px ${family}`;
  const wide = (text) => pen.measureText(text.trim()).width;
  const names = layout.yaxis.ticktext.map((name) => (width < 420 ? name.split(" · ") : [name]));
  const area = width - Math.max(0, ...names.flat().map(wide)) - 36;
  const ends = data.filter((trace) => trace.text).flatMap(({ x, text }) =>
    x.map((end, i) => end * area / Math.max(area - wide(text[i]) - 16, area / 5)));
  return {
    ...layout,
    xaxis: ends.length ? { ...layout.xaxis, range: [0, Math.max(...ends) || 1] } : layout.xaxis,
    yaxis: { ...layout.yaxis, ticktext: names.map((lines) => lines.map((line) => `${line.trim()}  `).join("<br>")) },
  };
}

async function draw() {
  const value = props.value ? JSON.parse(props.value) : null, mine = ++turn;
  if (!value) { element.replaceChildren(); return; }
  const root = make("div", "b-chart"), head = make("header");
  head.append(make("h2", "", value.title), make("span", "", value.note));
  root.append(head, sources(value));
  if (value.legend.length) root.append(legend(value.legend));
  if (value.empty) root.append(make("p", "v-empty", value.empty));
  const grid = make("div", "b-panels"), plots = [], count = value.panels.length;
  grid.style.setProperty("--b-columns", count < (value.lines ? 5 : 4) ? count : count === 4 ? 2 : 3);
  grid.style.setProperty("--b-least", value.lines ? "290px" : "360px");
  for (const panel of value.panels) {
    const card = make("section", "v-card b-panel"), name = make("header"), plot = make("div");
    name.append(make("h3", "", panel.title), make("span", "", panel.better));
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", `${panel.title}. ${value.note}`);
    card.append(name, ...(panel.legend.length ? [legend(panel.legend)] : []), plot);
    plot.className = "b-plot";
    plot.style.height = `${panel.layout.height}px`;
    grid.append(card);
    plots.push([plot, panel]);
  }
  root.append(grid);
  element.replaceChildren(root);
  if (!plots.length) { root.dataset.drawn = value.title; return; }
  const plotly = await library(value.plotly);
  if (mine !== turn) return;
  const look = getComputedStyle(root), colour = look.getPropertyValue("--b-ink").trim();
  const font = { ...plots[0][1].layout.font, color: colour, family: look.fontFamily };
  for (const [plot, { data, layout }] of plots) {
    const fitted = value.lines ? layout : fit(data, layout, plot.clientWidth, look.fontFamily);
    await plotly.newPlot(plot, data, { ...fitted, font }, OPTIONS);
  }
  if (mine === turn) root.dataset.drawn = value.title;
}

watch("value", draw);
draw();
