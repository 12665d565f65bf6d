// A beside B: two results with linked words, their probabilities, gates and times.
const compare = {};

compare.make = () => {
  compare.root = h("section", {
    class: "x-card x-compare", "aria-label": t("compare"), hidden: true,
  });
  return compare.root;
};

compare.update = (changed) => {
  if (changed.has("revision")) compare.fill();
  compare.cursor();
};

compare.fill = async () => {
  const { root } = compare;
  compare.spans = { a: [], b: [] };
  root.hidden = !S.pinned || !S.tokens;
  if (root.hidden) return;
  const a = S.pinned, texts = await allTokens("a", a).catch(() => null);
  if (!texts || S.pinned !== a) return;
  const step = (header, tokens, i) => tokens.texts[header.prompt + 1 + i];
  const copy = (side, header, tokens, otherHeader, other) => {
    const box = h("div", { class: "x-copy" });
    for (let i = 0; header.prompt + 1 + i < header.count; i++) {
      const text = step(header, tokens, i), chance = header.probabilities[i];
      const node = h("span", {
        class: "x-word", "data-step": i, title: chance === undefined ? ""
          : `${shown(text)} · ${t("probability")} ${chance.toFixed(4)}`,
      }, text);
      node.classList.toggle("x-style", /^‹.*›$/.test(text));
      node.classList.toggle("x-other", text !== step(otherHeader, other, i));
      compare.spans[side].push(node);
      if (/^‹.*›$/.test(text) && i) box.append(h("br"));
      box.append(node);
    }
    box.addEventListener("click", (event) => {
      const at = event.target.closest("[data-step]")?.dataset.step;
      if (at === undefined) return;
      const word = Math.min(scrubber.last(), firstWord() + Number(at));
      set({ word, probe: null, playing: false, ...(promptLooks() ? { scope: "all" } : {}) }, event);
    });
    return box;
  };
  compare.read = h("p", { class: "x-read" });
  compare.chart = h("canvas", { class: "x-chart", "aria-label": t("chance_chart") });
  const both = h("div", { class: "x-ab" },
    h("div", {}, h("h4", {}, t("side_a")), copy("a", a, texts, S.header, S.tokens)),
    h("div", {}, h("h4", {}, t("side_b")), copy("b", S.header, S.tokens, a, texts)));
  root.replaceChildren(
    h("header", {}, h("h3", {}, t("compare")), compare.parting()),
    both, compare.read, compare.chart,
    h("div", { class: "x-ab" }, compare.times(), compare.gates()));
  compare.cursor();
};

/** A link to the first step at which the texts part. */
compare.parting = () => {
  const step = compare.spans.b.findIndex((node) => node.classList.contains("x-other"));
  return step < 0 ? h("span", { class: "x-note" }, t("same_words")) : h("button", {
    type: "button", class: "x-link", "data-parting": step,
    onclick: (event) => set({ word: firstWord() + step, probe: null, playing: false }, event),
  }, t("to_parting"));
};

compare.times = () => {
  const [a, b] = [S.pinned.latency, S.header.latency];
  const row = (key) => h("tr", { "data-time": key }, h("th", {}, t(`time_${key}`)),
    ...[a, b].map((l) => h("td", {}, l[key] === null ? "–" : `${l[key].toFixed(1)} ms`)),
    h("td", {}, a[key] && b[key] ? `${signed((100 * (b[key] - a[key])) / a[key], 0)} %` : "–"));
  return h("table", { class: "x-table" },
    h("tr", {}, h("th", {}, t("times")), h("th", {}, `A · ${a.precision}`),
      h("th", {}, `B · ${b.precision}`), h("th", {}, "B − A")),
    row("first_token"), row("per_token"), row("total"));
};

/** The heads whose gates differ most between A and B. */
compare.gates = () => {
  if (S.pinned.gates.length !== S.header.gates.length)
    return h("p", { class: "x-note" }, t("diff_layers"));
  const moved = [...S.header.gates].map((gate, i) => [gate - S.pinned.gates[i], i])
    .filter(([, i]) => S.header.gates[i] !== S.pinned.gates[i] ||
      S.header.open[i] !== S.pinned.open[i])
    .sort((p, q) => Math.abs(q[0]) - Math.abs(p[0])).slice(0, 6);
  if (!moved.length) return h("p", { class: "x-note" }, t("gates_same"));
  const state = (header, i) =>
    `${header.gates[i].toFixed(3)}${header.open[i] ? "" : ` (${t("closed")})`}`;
  return h("table", { class: "x-table" },
    h("tr", {}, h("th", {}, t("gates_moved")), h("th", {}, "A"), h("th", {}, "B")),
    ...moved.map(([, i]) => h("tr", {}, h("th", {}, h("button", {
      type: "button", class: "x-link", onclick: (event) => set({ chosen: placeAt(i) }, event),
    }, headName(...placeAt(i)))),
    h("td", {}, state(S.pinned, i)), h("td", {}, state(S.header, i)))));
};

/** The same step in both texts. */
compare.cursor = () => {
  if (!S.pinned || !compare.spans?.b.length || S.word === null) return;
  const step = S.word - firstWord();
  for (const side of ["a", "b"])
    compare.spans[side].forEach((node, i) => node.classList.toggle("x-now", i === step));
  const told = (name, header, nodes) => {
    const chance = header.probabilities[step];
    return `${name} “${shown(nodes[step]?.textContent ?? "–")}” ` +
      (chance === undefined ? "–" : chance.toFixed(4));
  };
  compare.read.textContent = `${t("step", { number: step + 1 })} · ` +
    `${told("A", S.pinned, compare.spans.a)} · ${told("B", S.header, compare.spans.b)}`;
  compare.plot(step);
};

/** Probability of each token of A and of B, step by step. */
compare.plot = (step) => {
  const width = compare.chart.parentElement.clientWidth - 32, tall = 90;
  if (width < 40) return;
  const brush = pen(compare.chart, width, tall + 16);
  const [a, b] = [S.pinned.probabilities, S.header.probabilities];
  const count = Math.max(a.length, b.length, 2), x = (i) => 26 + (i / (count - 1)) * (width - 32);
  brush.font = `10px ${style("--font", "sans-serif")}`;
  brush.fillStyle = style("--x-faint", "#777");
  brush.fillText("1", 8, 12);
  brush.fillText("0", 8, tall + 4);
  brush.globalAlpha = 0.25;
  brush.fillRect(26, 8, width - 32, 0.5);
  brush.fillRect(26, tall, width - 32, 0.5);
  brush.globalAlpha = 1;
  for (const [values, colour, dashes, name] of [[a, "--x-speech", [4, 3], "A"],
    [b, "--x-accent", [], "B"]]) {
    brush.strokeStyle = brush.fillStyle = style(colour, "#3a58b4");
    brush.setLineDash(dashes);
    brush.lineWidth = 1.6;
    brush.beginPath();
    values.forEach((value, i) => brush.lineTo(x(i), tall - value * (tall - 8)));
    brush.stroke();
    brush.fillText(name, width - (name === "A" ? 30 : 14), tall + 13);
  }
  brush.setLineDash([]);
  brush.strokeStyle = style("--x-choice", "#d9480f");
  brush.beginPath();
  brush.moveTo(x(step), 4);
  brush.lineTo(x(step), tall);
  brush.stroke();
};
