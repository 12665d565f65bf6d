// What all parts of the explorer share: state, words, arrays, views and small helpers.
// `element`, `props`, `trigger`, `watch` and `provider` are given by whoever mounts it.
const MODALITIES = ["image", "speech", "text", "own"];
const S = {
  value: {}, header: null, tokens: null, pinned: null, chosen: null, lens: "attention",
  scope: "head", scale: "global", hideFirst: false, hideStrongest: false, ownScale: true,
  colour: "attention", word: null, probe: null, looker: null, reverse: false, playing: false,
  pass: "writing", // or "reading": how the entry was found that the copy is about
};
const parts = [];
const heard = {}; // payloads by view: how many, bytes, milliseconds

const words = () => S.value.words || {};
function t(key, values) {
  const said = words()[`x_${key}`] ?? words()[key] ?? key;
  return values ? said.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all) : said;
}

function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const KINDS = {
  float32: Float32Array, uint8: Uint8Array, int16: Int16Array, float64: Float64Array,
};
function bytesOf(text) {
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}
const unpack = (packed) => packed.array || new KINDS[packed.dtype](bytesOf(packed.data).buffer);

// ---- views --------------------------------------------------------------------------------
const MOST_KEPT = 96;
let cache = new Map(), epoch = 0;

function view(name, given = {}) {
  const id = name + JSON.stringify(given);
  const kept = cache.get(id);
  if (kept) return kept;
  const begun = performance.now(), mine = epoch;
  const asked = provider(name, { ...given, pass: S.pass }).then(({ payload, bytes }) => {
    note(name, bytes, performance.now() - begun);
    if (payload.error) throw Object.assign(new Error(payload.error), payload);
    if (mine !== epoch) throw new Error("stale");
    return payload;
  });
  asked.catch(() => { if (cache.get(id) === asked) cache.delete(id); });
  cache.set(id, asked);
  if (cache.size > MOST_KEPT) cache.delete(cache.keys().next().value);
  return asked;
}

function note(name, bytes, ms) {
  const kept = heard[name] || (heard[name] = { count: 0, total: 0 });
  Object.assign(kept, { count: kept.count + 1, bytes, ms, total: kept.total + bytes });
  S.last = { name, bytes };
}

/** A whole map from its slabs: `row(i)` and `column(j)` give Float32Arrays of `side` values. */
function matrix(name, given) {
  const id = `whole ${name}${JSON.stringify(given)}`;
  if (!cache.has(id)) {
    const made = wholeMatrix(name, given), mine = cache;
    made.catch(() => mine.delete(id));
    cache.set(id, made);
  }
  return cache.get(id);
}
async function wholeMatrix(name, given) {
  const slabs = [];
  let start = 0, first = null;
  do {
    const payload = await view(name, { ...given, start });
    if (payload.why) return payload;
    first = first || payload;
    slabs.push(unpack(payload.values));
    start = payload.stop;
  } while (start < first.side);
  const flat = new Float32Array(slabs.reduce((sum, slab) => sum + slab.length, 0));
  slabs.reduce((at, slab) => { flat.set(slab, at); return at + slab.length; }, 0);
  return weights(flat, first);
}

function weights(flat, { side, count, causal, common }) {
  const from = (i) => (causal ? (i * (i + 1)) / 2 : i * side);
  const wide = (i) => (causal ? i + 1 : side);
  const row = (i) => {
    const made = new Float32Array(side);
    made.set(flat.subarray(from(i), from(i) + wide(i)));
    return made;
  };
  const column = (j) => Float32Array.from({ length: side },
    (_, i) => (causal && j > i ? 0 : flat[from(i) + j]));
  const sums = new Float64Array(side);
  for (let i = 0; i < side; i++) for (let j = 0; j < wide(i); j++) sums[j] += flat[from(i) + j];
  return { side, count, causal, common, row, column, sums };
}

function largest(values, skip = -1) {
  let best = skip === 0 ? 1 : 0;
  for (let i = 0; i < values.length; i++) if (i !== skip && values[i] > values[best]) best = i;
  return best;
}

// ---- state ----------------------------------------------------------------------------------
/** Changes the state and lets every part redraw what it shows of it. */
function set(changes, event) {
  if (event) clock(event);
  else clicked = 0; // nobody clicked: a step of the player, a change from the page
  const changed = new Set(Object.keys(changes).filter((name) => S[name] !== changes[name]));
  Object.assign(S, changes);
  if (!changed.size || !S.header) return;
  for (const part of parts) part.update(changed);
}

const fuses = (layer) => S.header.layers[layer].startsWith("fusion");
/** Whether the tokens of the prompt are the ones that look. */
const promptLooks = () => S.scope !== "all" && fuses(S.chosen[0]);
const lookedOver = () => (promptLooks() ? S.header.prompt : S.header.count);
const isOpen = (layer, head) => S.header.open[layer * S.header.heads + head] > 0;
const gateOf = (layer, head, header = S.header) => header.gates[layer * header.heads + head];
const firstWord = () => S.header.prompt + 1;
const layerName = (layer) => {
  const [kind, number] = S.header.layers[layer].split(" ");
  return t(`layer_${kind}`, { number });
};
const headName = (layer, head) =>
  `${layerName(layer)} · ${t("head", { number: head + 1 })}`;
/** A piece of a character whose first piece shows all of it. */
const PIECE = "▯";
const textOf = (index) => {
  if (index === S.header.count) return t("end_mark");
  return S.tokens.texts[index].replace(/\ufffd/g, PIECE);
};
const shown = (text) => text.replace(/\n/g, "⏎").trim() || "␣";
const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
const signed = (value, digits = 3) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
/** A signed number with two figures where it is too small for three places. */
const fine = (value) => (Math.abs(value) >= 0.01 || value === 0 ? signed(value)
  : `${value < 0 ? "−" : "+"}${Number(Math.abs(value).toPrecision(2))}`);
const asked = () => ({
  layer: S.scope === "all" ? null : S.chosen[0],
  head: S.scope === "head" ? S.chosen[1] : null,
  lens: S.lens,
});

// ---- time from a click to what it draws -------------------------------------------------------
let clicked = 0;
function clock(event) {
  const stamp = event.timeStamp;
  clicked = stamp && stamp <= performance.now() ? stamp : performance.now();
}
/** Called by a part once its picture is on its way; the next frame ends the measurement. */
function drawnNow(what) {
  if (!clicked) { showStatus(); return; }
  const begun = clicked;
  requestAnimationFrame(() => {
    const channel = new MessageChannel(); // its message comes after this frame is painted
    channel.port1.onmessage = () => {
      if (begun !== clicked) return;
      S.drawn = { what, ms: performance.now() - begun };
      showStatus();
    };
    channel.port2.postMessage(0);
  });
}

// ---- controls ------------------------------------------------------------------------------
/** A row of buttons of which one is pressed. */
function choices(name, label, options, field) {
  const group = h("span", { class: "x-choices", role: "group", "aria-label": label });
  for (const [value, text, title] of options)
    group.append(h("button", {
      type: "button", title, "data-choice": value, "data-field": field,
      "aria-pressed": String(S[field] === value),
      onclick: (event) => set({ [field]: value }, event),
    }, text));
  return h("span", { class: "x-control" }, h("em", {}, name), group);
}
function refreshChoices(root) {
  for (const button of root.querySelectorAll("[data-field]"))
    button.setAttribute("aria-pressed", String(S[button.dataset.field] === button.dataset.choice));
  for (const box of root.querySelectorAll("input[data-flag]")) box.checked = S[box.dataset.flag];
}
function tick(label, flag, title) {
  return h("label", { class: "x-tick", title },
    h("input", {
      type: "checkbox", "data-flag": flag, checked: S[flag],
      onchange: (event) => set({ [flag]: event.target.checked }, event),
    }), label);
}

// ---- colours ---------------------------------------------------------------------------------
const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const scaleOf = (stops) => Array.from({ length: 256 }, (_, v) => {
  const at = v / 255;
  const next = Math.max(1, stops.findIndex(([place]) => place >= at));
  const [low, high] = [stops[next - 1], stops[next]];
  const part = (at - low[0]) / (high[0] - low[0] || 1);
  return rgb(low[1]).map((c, i) => Math.round(c + (rgb(high[1])[i] - c) * part));
});
const HEAT = scaleOf(["#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74",
  "#c3b369", "#e1cc55", "#fee838"].map((colour, i) => [i / 9, colour]));
const APART = scaleOf([[0, "#08519c"], [0.25, "#6baed6"], [0.5, "#f3f3f0"], [0.75, "#fd8d3c"],
  [1, "#a63603"]]);
const EXPERTS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8a8f98",
  "#f0e442"];
const expertColour = (expert) =>
  EXPERTS[expert] || `hsl(${(expert * 137.5) % 360} 55% 55%)`;
const css = (colour) => `rgb(${colour.join(",")})`;
const byte = (share) => Math.max(0, Math.min(255, Math.round(255 * share)));
const style = (name, other) =>
  getComputedStyle(page.root || element).getPropertyValue(name).trim() || other;
const ink = () => style("--x-ink", "#333");

/** A canvas as wide as its parent, sharp on every screen; gives its pen, scaled to CSS pixels. */
function pen(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const made = canvas.getContext("2d");
  made.scale(ratio, ratio);
  made.imageSmoothingEnabled = false;
  return made;
}

/** Columns that a person hid: the first, and the one with most attention of the others. */
function sinks(sums) {
  const hidden = [];
  if (S.hideFirst) hidden.push(0);
  if (S.hideStrongest) hidden.push(largest(sums, S.hideFirst ? 0 : -1));
  return hidden;
}
