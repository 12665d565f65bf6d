// All layers and heads on one canvas: thumbnails, gates, closed and forced heads.
const overview = { layers: {}, tiles: {}, place: null, hovered: null, canvas: null, timer: 0 };

overview.make = () => {
  overview.canvas = h("canvas", { tabindex: 0, role: "application", class: "x-overview" });
  overview.read = h("p", { class: "x-read", "aria-live": "polite" });
  overview.colours = h("select", {
    "aria-label": t("colour_by"), class: "x-select",
    onchange: (event) => set({ colour: event.target.value }, event),
  });
  overview.key = h("span", { class: "x-key" });
  overview.help = h("p", { class: "x-note" });
  const canvas = overview.canvas;
  canvas.addEventListener("click", (event) => {
    const spot = overview.under(event);
    if (!spot) return;
    if (spot[1] === null) overview.load([spot[0]]);
    else set({ chosen: spot }, event);
  });
  canvas.addEventListener("mousemove", (event) => {
    const spot = overview.under(event);
    if (String(spot) !== String(overview.hovered)) { overview.hovered = spot; overview.point(); }
    canvas.style.cursor = spot ? "pointer" : "default";
  });
  canvas.addEventListener("mouseleave", () => { overview.hovered = null; overview.point(); });
  canvas.addEventListener("keydown", overview.key_);
  return h("section", { class: "x-card x-heads", "aria-label": t("overview") },
    h("header", {}, h("h3", {}, t("overview")),
      h("label", { class: "x-control" }, h("em", {}, t("colour_by")), overview.colours),
      overview.key),
    canvas, overview.read, overview.help);
};

overview.key_ = (event) => {
  const move = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  }[event.key];
  if (!move || !S.chosen) return;
  event.preventDefault();
  const clamp = (v, most) => Math.max(0, Math.min(most - 1, v));
  const spot = [clamp(S.chosen[0] + move[0], S.header.layers.length),
    clamp(S.chosen[1] + move[1], S.header.heads)];
  clock(event);
  S.chosen = spot;
  overview.point();
  clearTimeout(overview.timer); // held keys draw the frame at once and the head when they rest
  overview.timer = setTimeout(() => { for (const part of parts) part.update(new Set(["chosen"])); },
    90);
};

overview.update = (changed) => {
  if (changed.has("revision")) {
    overview.layers = {};
    overview.tiles = {};
    overview.fill();
    if (S.tokens) overview.load(overview.few() ? [...S.header.layers.keys()] : [S.chosen[0]]);
  }
  if (changed.has("effects") || changed.has("colour")) overview.fill();
  if (changed.has("chosen") && S.tokens && !overview.layers[S.chosen[0]])
    overview.load([S.chosen[0]]);
  if (["revision", "colour", "effects", "theme"].some((name) => changed.has(name)))
    overview.draw();
  else if (changed.has("chosen")) overview.point();
};

/** Whether every layer is computed unasked. */
overview.few = () => S.header.count <= 2048;

overview.fill = () => {
  const options = ["attention", "gate", "entropy", ...MODALITIES.map((m) => `share_${m}`)];
  if (S.pinned) options.push("difference");
  if (S.effects) options.push("effect");
  if (!options.includes(S.colour)) S.colour = "attention";
  overview.colours.replaceChildren(...options.map((name) =>
    h("option", { value: name, selected: name === S.colour }, t(`colour_${name}`))));
  overview.help.textContent = t(`help_${S.colour.startsWith("share") ? "share" : S.colour}`) +
    (overview.few() ? "" : ` ${t("help_long")}`);
};

overview.load = async (wanted) => {
  for (const layer of wanted) {
    const made = await view("layer", { index: layer }).catch(() => null);
    if (!made) return;
    overview.layers[layer] = {
      maps: unpack(made.maps), side: made.maps.shape[1], entropy: unpack(made.entropy),
      shares: unpack(made.shares),
    };
    overview.draw();
  }
};

overview.tile = (layer, head) => {
  const id = `${layer} ${head}`, made = overview.layers[layer];
  if (overview.tiles[id] || !made) return overview.tiles[id];
  const area = made.side * made.side, image = new ImageData(made.side, made.side);
  for (let i = 0; i < area; i++)
    image.data.set([...HEAT[made.maps[head * area + i]], 255], i * 4);
  const tile = h("canvas", { width: made.side, height: made.side });
  tile.getContext("2d").putImageData(image, 0, 0);
  return (overview.tiles[id] = tile);
};

/** What a head's tile says: a number, and its place on a colour scale from 0 to 1. */
overview.told = (layer, head) => {
  const made = overview.layers[layer], { colour } = S, heads = S.header.heads;
  if (colour === "gate") return [gateOf(layer, head), gateOf(layer, head), HEAT];
  if (colour === "difference") {
    const change = gateOf(layer, head) - gateOf(layer, head, S.pinned);
    return [change, 0.5 + change / (2 * overview.most()), APART];
  }
  if (colour === "effect") {
    const effect = S.effects.values[layer * heads + head];
    return [effect, 0.5 + effect / (2 * S.effects.most), APART];
  }
  if (!made) return null;
  if (colour === "entropy") return [made.entropy[head], made.entropy[head], HEAT];
  const share = made.shares[head * 4 + MODALITIES.indexOf(colour.slice(6))];
  return [share, share, HEAT];
};

overview.most = () => S.header.gates.reduce(
  (most, gate, i) => Math.max(most, Math.abs(gate - S.pinned.gates[i])), 1e-6);

overview.layout = (width) => {
  const { layers, heads } = S.header, small = width < 480, label = small ? 46 : 76;
  const lines = small && heads > 8 ? 2 : 1, per = Math.ceil(heads / lines);
  const step = (width - label) / per, gap = Math.max(2, Math.round(step * 0.09));
  const tile = Math.min(step - gap, 46), figures = tile >= 22;
  const height = tile + 5 + (figures ? 12 : 0) + gap + 2, tops = [];
  let y = lines > 1 ? 2 : 14, kind = null;
  layers.forEach((name) => {
    const k = name.split(" ")[0];
    if (k !== kind) { y += kind === null ? 20 : 26; kind = k; }
    tops.push(y);
    y += height * lines + (lines > 1 ? 8 : 0);
  });
  return { label, step, tile, figures, height, tops, total: y, small, lines, per };
};

/** Draws every tile on a board of its own, which `point` then shows under its outlines. */
overview.draw = () => {
  const { canvas } = overview, width = canvas?.parentElement?.clientWidth;
  if (!S.header || !width) return;
  const inner = width - 2 * parseFloat(getComputedStyle(canvas.parentElement).paddingLeft);
  if (inner < 60) return; // hidden, or not laid out yet
  const place = (overview.place = overview.layout(inner));
  overview.looks = {
    dark: ink(), accent: style("--x-accent", "#3a58b4"), faint: style("--x-faint", "#777"),
    choice: style("--x-choice", "#d9480f"), family: style("--font", "sans-serif"),
  };
  pen(canvas, inner, place.total);
  canvas.dataset.place = JSON.stringify(place); // where to click: for scripts that drive the page
  overview.board = h("canvas");
  const brush = pen(overview.board, inner, place.total);
  overview.names(brush);
  for (let r = 0; r < S.header.layers.length; r++)
    for (let c = 0; c < S.header.heads; c++) overview.head(brush, r, c);
  overview.legend();
  overview.point();
};

/** Outlines the chosen head and the one under the pointer, and says which they are. */
overview.point = () => {
  const { canvas, board, looks } = overview;
  if (!board?.width) return;
  const brush = canvas.getContext("2d"), ratio = window.devicePixelRatio || 1;
  brush.setTransform(1, 0, 0, 1, 0, 0);
  brush.clearRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(board, 0, 0);
  brush.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const [spot, colour, wide] of [[overview.hovered, looks.accent, 1.5],
    [S.chosen, looks.choice, 3]]) {
    if (!spot || spot[1] === null) continue;
    const { x, y, tile } = overview.at(...spot);
    brush.strokeStyle = colour;
    brush.lineWidth = wide;
    brush.strokeRect(x - 1, y - 1, tile + 2, tile + 2);
  }
  const said = overview.describe();
  canvas.setAttribute("aria-label", `${t("overview")}. ${said}`);
  overview.read.textContent = said;
};

overview.at = (row, column) => {
  const { label, step, tile, tops, per, height } = overview.place;
  return { x: label + (column % per) * step,
    y: tops[row] + Math.floor(column / per) * height, tile };
};

overview.head = (brush, row, column) => {
  const { figures } = overview.place, { dark, accent } = overview.looks;
  const { x, y, tile } = overview.at(row, column);
  const open = isOpen(row, column), gate = gateOf(row, column);
  const told = S.colour === "attention" ? null : overview.told(row, column);
  const picture = S.colour === "attention" && open && overview.tile(row, column);
  const ran = open || S.colour === "gate" ||
    (S.colour === "difference" && S.pinned.open[row * S.header.heads + column]);
  const coloured = told && ran;
  if (picture) brush.drawImage(picture, x, y, tile, tile);
  else if (coloured) {
    const colour = told[2][byte(told[1])];
    brush.fillStyle = css(colour);
    brush.fillRect(x, y, tile, tile);
    brush.fillStyle = colour[0] * 0.3 + colour[1] * 0.6 + colour[2] * 0.1 > 128 ? "#111" : "#fff";
    if (open || S.colour !== "gate") // a closed head's gate stands below its hatching alone
      overview.figure(brush, overview.short(told[0]), x + tile / 2, y + tile / 2 - 5, tile);
  } else if (open) {
    brush.globalAlpha = 0.12; brush.fillStyle = dark; brush.fillRect(x, y, tile, tile);
  }
  if (!open && !(coloured && S.colour === "difference")) overview.closed(brush, x, y, tile, dark);
  brush.globalAlpha = 0.18; brush.fillStyle = dark;
  brush.fillRect(x, y + tile + 2, tile, 3);
  brush.globalAlpha = open ? 1 : 0.45; brush.fillStyle = open ? accent : dark;
  brush.fillRect(x, y + tile + 2, tile * gate, 3);
  brush.fillStyle = dark; brush.globalAlpha = open ? 0.95 : 0.5;
  if (figures) overview.figure(brush, gate.toFixed(2), x + tile / 2, y + tile + 7, tile);
  brush.globalAlpha = 1;
  if (S.header.forced[row * S.header.heads + column]) overview.forced(brush, x, y, tile);
};

overview.short = (value) => (!["difference", "effect"].includes(S.colour) ? value.toFixed(2)
  : Math.abs(value) < 0.005 ? "" : signed(value, 2));
overview.figure = (brush, text, x, y, tile) => {
  if (tile < 20) return;
  brush.font = `${Math.min(10.5, tile * 0.33)}px ${overview.looks.family}`;
  brush.textAlign = "center";
  brush.textBaseline = "top";
  brush.fillText(text, x, y);
};

overview.closed = (brush, x, y, size, dark) => {
  brush.save();
  brush.beginPath();
  brush.rect(x, y, size, size);
  brush.clip();
  brush.strokeStyle = dark;
  brush.lineWidth = 1;
  brush.globalAlpha = 0.3;
  for (let d = -size; d < size; d += 5) {
    brush.beginPath();
    brush.moveTo(x + d, y + size);
    brush.lineTo(x + d + size, y);
    brush.stroke();
  }
  brush.globalAlpha = 0.55;
  brush.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  brush.restore();
};

overview.forced = (brush, x, y, tile) => {
  const corner = Math.max(8, tile * 0.34);
  brush.fillStyle = overview.looks.choice;
  brush.beginPath();
  brush.moveTo(x + tile, y);
  brush.lineTo(x + tile - corner, y);
  brush.lineTo(x + tile, y + corner);
  brush.fill();
};

overview.names = (brush) => {
  const { label, step, tile, tops, small, lines, per, height } = overview.place;
  const { family, faint, dark, accent } = overview.looks;
  brush.textBaseline = "middle";
  brush.fillStyle = faint;
  brush.textAlign = "center";
  brush.font = `10.5px ${family}`;
  for (let c = 0; lines === 1 && c < per; c++)
    brush.fillText(c + 1, label + c * step + tile / 2, 7);
  brush.textAlign = "left";
  S.header.layers.forEach((name, row) => {
    const kind = name.split(" ")[0], before = S.header.layers[row - 1];
    if (!before || !before.startsWith(kind)) {
      brush.fillStyle = dark;
      brush.font = `600 ${small ? 10 : 11.5}px ${family}`;
      brush.fillText(t(`group_${kind}`), 0, tops[row] - 11);
    }
    const asleep = S.tokens && !overview.layers[row] && !overview.few();
    brush.fillStyle = asleep ? accent : faint;
    brush.font = `${small ? 9 : 11.5}px ${family}`;
    brush.fillText(layerName(row) + (asleep ? " ↻" : ""), 0, tops[row] + tile / 2, label - 6);
    brush.fillStyle = faint;
    for (let line = 0; lines > 1 && line < lines; line++)
      brush.fillText(`${line * per + 1}–${Math.min((line + 1) * per, S.header.heads)}`, 0,
        tops[row] + line * height + tile / 2 + (line ? 0 : 13), label - 6);
  });
};

overview.describe = () => {
  const spot = overview.hovered || S.chosen;
  if (!spot) return "";
  const [row, column] = spot;
  if (column === null) return `${layerName(row)} · ${t("compute_layer")}`;
  const open = isOpen(row, column);
  const state = S.header.forced[row * S.header.heads + column] ? "forced" : "";
  const plain = ["attention", "gate"].includes(S.colour) || !open;
  const told = plain ? null : overview.told(row, column);
  return [headName(row, column), `${t("gate")} ${gateOf(row, column).toFixed(4)}`,
    t(open ? "open" : "closed"), state && t(state),
    told && `${t(`colour_${S.colour}`)} ${told[0].toFixed(4)}`].filter(Boolean).join(" · ");
};

overview.legend = () => {
  const apart = ["difference", "effect"].includes(S.colour), stops = apart ? APART : HEAT;
  const most = S.colour === "effect" ? S.effects.most
    : S.colour === "difference" ? overview.most() : 1;
  const fill = [0, 64, 128, 192, 255].map((v) => css(stops[v])).join(",");
  const [low, high] = S.colour === "attention" ? [t("low"), t("high")]
    : apart ? [signed(-most, 2), signed(most, 2)] : ["0", "1"];
  overview.key.replaceChildren(low, h("i", { style: `background:linear-gradient(90deg,${fill})` }),
    high);
};

overview.under = (event) => {
  const { place } = overview;
  if (!place || !S.header) return null;
  const box = overview.canvas.getBoundingClientRect();
  const x = event.clientX - box.left - place.label, y = event.clientY - box.top;
  const row = place.tops.findIndex((top) => y >= top && y < top + place.height * place.lines);
  if (row < 0 || x >= place.per * place.step) return null;
  if (x < 0) return overview.few() || overview.layers[row] ? null : [row, null];
  const line = Math.floor((y - place.tops[row]) / place.height);
  const column = line * place.per + Math.floor(x / place.step);
  return column < S.header.heads ? [row, column] : null;
};
