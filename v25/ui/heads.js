// Draws every layer's heads on one canvas and reports which one a person chooses.
// `element`, `props`, `trigger` and `watch` come from the page's HTML component.
const STOPS = ["00224e", "123570", "3b496c", "575d6d", "707173", "8a8678", "a59c74", "c3b369",
  "e1cc55", "fee838"].map((hex) => [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16)));
const PALETTE = Array.from({ length: 256 }, (_, v) => {
  const at = (v / 255) * (STOPS.length - 1);
  const low = Math.min(Math.floor(at), STOPS.length - 2);
  return STOPS[low].map((c, i) => Math.round(c + (STOPS[low + 1][i] - c) * (at - low)));
});
let data = null, tiles = [], place = null, chosen = null, hovered = null, timer = 0;

const canvas = () => element.querySelector("canvas");
const readout = () => element.querySelector(".v-heads-read");
const colour = (name, other) =>
  getComputedStyle(element).getPropertyValue(name).trim() || other;

function thumbnails() {
  tiles = [];
  if (!data.side) return;
  const bytes = Uint8Array.from(atob(data.pixels), (c) => c.charCodeAt(0));
  const area = data.side * data.side;
  for (let t = 0; t < data.rows * data.columns; t++) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = data.side;
    const image = new ImageData(data.side, data.side);
    for (let i = 0; i < area; i++) {
      const [r, g, b] = PALETTE[bytes[t * area + i]];
      image.data.set([r, g, b, 255], i * 4);
    }
    tile.getContext("2d").putImageData(image, 0, 0);
    tiles.push(tile);
  }
}

function layout(width) {
  const small = width < 480, label = small ? 46 : 84;
  const lines = small && data.columns > 8 ? 2 : 1, per = Math.ceil(data.columns / lines);
  const step = (width - label) / per;
  const gap = Math.max(2, Math.round(step * 0.1));
  const tile = step - gap;
  const figures = tile >= 22;
  const height = tile + 5 + (figures ? 12 : 0) + gap + 3;
  const tops = [];
  let y = lines > 1 ? 2 : 16, kind = null;
  data.kinds.forEach((k) => {
    if (k !== kind) { y += kind === null ? 24 : 32; kind = k; }
    tops.push(y);
    y += height * lines + (lines > 1 ? 8 : 0);
  });
  return { label, step, tile, figures, height, tops, total: y, small, lines, per };
}

function closedTile(pen, x, y, size, ink) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, size, size);
  pen.clip();
  pen.strokeStyle = ink;
  pen.globalAlpha = 0.3;
  pen.lineWidth = 1;
  for (let d = -size; d < size; d += 5) {
    pen.beginPath();
    pen.moveTo(x + d, y + size);
    pen.lineTo(x + d + size, y);
    pen.stroke();
  }
  pen.globalAlpha = 0.55;
  pen.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  pen.restore();
}

function drawHead(pen, row, column, ink, accent) {
  const { label, step, tile, tops, figures, per, height } = place;
  const x = label + (column % per) * step, y = tops[row] + Math.floor(column / per) * height;
  const open = data.open[row][column], gate = data.gates[row][column];
  const picture = tiles[row * data.columns + column];
  if (!open) closedTile(pen, x, y, tile, ink);
  else if (picture) {
    const filled = data.extents[row];
    pen.drawImage(picture, 0, 0, filled, filled, x, y, tile, tile);
  }
  else { pen.globalAlpha = 0.12; pen.fillStyle = ink; pen.fillRect(x, y, tile, tile); }
  pen.fillStyle = ink;
  pen.globalAlpha = 0.18;
  pen.fillRect(x, y + tile + 2, tile, 3);
  pen.globalAlpha = open ? 1 : 0.45;
  pen.fillStyle = open ? accent : ink;
  pen.fillRect(x, y + tile + 2, tile * gate, 3);
  if (figures) {
    pen.fillStyle = ink;
    pen.globalAlpha = open ? 0.95 : 0.5;
    pen.font = `${Math.min(10.5, tile * 0.34)}px ${colour("--font", "sans-serif")}`;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillText(gate.toFixed(2), x + tile / 2, y + tile + 7);
  }
  pen.globalAlpha = 1;
  const mine = chosen && chosen[0] === row && chosen[1] === column;
  const under = hovered && hovered[0] === row && hovered[1] === column;
  if (mine || under) {
    pen.strokeStyle = mine ? colour("--v-choice", "#e5484d") : accent;
    pen.lineWidth = mine ? 3 : 1.5;
    pen.strokeRect(x - 1, y - 1, tile + 2, tile + 2);
  }
}

function describe() {
  const [row, column] = hovered || chosen || [];
  if (row === undefined) return "";
  const { head, gate, open, closed } = data.words;
  const state = data.open[row][column] ? open : closed;
  return [data.layers[row], head.replace("#", column + 1),
    `${gate} ${data.gates[row][column].toFixed(4)}`, state].join(" · ");
}

function drawNames(pen, width, ink, faint) {
  const { label, step, tile, tops, small, lines, per, height } = place;
  const family = colour("--font", "sans-serif");
  pen.fillStyle = faint;
  pen.textBaseline = "middle";
  pen.font = `${small ? 8.5 : 11}px ${family}`;
  pen.textAlign = "center";
  if (lines === 1)
    for (let c = 0; c < per; c++) pen.fillText(c + 1, label + c * step + tile / 2, 8);
  let kind = null;
  data.kinds.forEach((k, row) => {
    pen.textAlign = "left";
    if (k !== kind) {
      pen.fillStyle = ink;
      pen.font = `600 ${small ? 10 : 12}px ${family}`;
      pen.fillText(data.words[`group_${k}`] || k, 0, tops[row] - 12);
      kind = k;
    }
    pen.fillStyle = faint;
    pen.font = `${small ? 9 : 12}px ${family}`;
    pen.fillText(data.layers[row], 0, tops[row] + tile / 2, label - 6);
    for (let line = 0; lines > 1 && line < lines; line++)
      pen.fillText(`${line * per + 1}–${Math.min((line + 1) * per, data.columns)}`, 0,
        tops[row] + line * height + tile / 2 + (line ? 0 : 13), label - 6);
  });
}

function draw() {
  const board = canvas();
  if (!board) return;
  const width = element.clientWidth;
  if (!data || !data.rows) {
    board.style.display = "none";
    readout().textContent = data ? data.words.heads_empty : "";
    readout().className = "v-heads-read v-empty";
    return;
  }
  if (width < 40) return;
  readout().className = "v-heads-read";
  place = layout(width);
  const ratio = window.devicePixelRatio || 1;
  board.style.display = "block";
  board.style.width = `${width}px`;
  board.style.height = `${place.total}px`;
  board.width = Math.round(width * ratio);
  board.height = Math.round(place.total * ratio);
  board.setAttribute("aria-label", `${data.words.label}. ${describe()}`);
  const pen = board.getContext("2d");
  pen.scale(ratio, ratio);
  pen.imageSmoothingEnabled = false;
  const ink = colour("--body-text-color", "#333"), accent = colour("--v-accent", "#3b5bdb");
  drawNames(pen, width, ink, colour("--body-text-color-subdued", "#777"));
  for (let r = 0; r < data.rows; r++)
    for (let c = 0; c < data.columns; c++) drawHead(pen, r, c, ink, accent);
  readout().textContent = describe();
}

function load() {
  data = props.value ? JSON.parse(props.value) : null;
  hovered = null;
  if (data && data.rows) { chosen = data.chosen; thumbnails(); }
  draw();
}

function under(event) {
  if (!place || !data || !data.rows) return null;
  const box = canvas().getBoundingClientRect();
  const x = event.clientX - box.left - place.label, y = event.clientY - box.top;
  const row = place.tops.findIndex((top) => y >= top && y < top + place.height * place.lines);
  if (row < 0 || x < 0 || x >= place.per * place.step) return null;
  const line = Math.floor((y - place.tops[row]) / place.height);
  const column = line * place.per + Math.floor(x / place.step);
  return column < data.columns ? [row, column] : null;
}

function choose(spot, wait) {
  chosen = spot;
  draw();
  clearTimeout(timer);
  timer = setTimeout(() => trigger("select", { layer: spot[0], head: spot[1] }), wait);
}

element.addEventListener("click", (event) => {
  const spot = event.target === canvas() && under(event);
  if (spot) choose(spot, 0);
});
element.addEventListener("mousemove", (event) => {
  const spot = event.target === canvas() ? under(event) : null;
  if (String(spot) !== String(hovered)) { hovered = spot; draw(); }
  if (canvas()) canvas().style.cursor = spot ? "pointer" : "default";
});
element.addEventListener("mouseleave", () => { hovered = null; draw(); });
element.addEventListener("keydown", (event) => {
  const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[
    event.key];
  if (!move || !data || !data.rows || event.target !== canvas()) return;
  event.preventDefault();
  const [row, column] = chosen || [0, 0];
  const clamp = (v, most) => Math.max(0, Math.min(most - 1, v));
  choose([clamp(row + move[0], data.rows), clamp(column + move[1], data.columns)], 180);
});
document.addEventListener("touchstart", (event) => {  // a swipe over the map scrolls the page
  if (event.target.closest("#head-figure")) event.stopPropagation();
}, { capture: true, passive: true });
let seen = 0;
new ResizeObserver(() => {
  if (Math.abs(element.clientWidth - seen) > 1) { seen = element.clientWidth; draw(); }
}).observe(element);
new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
watch("value", load);
load();
