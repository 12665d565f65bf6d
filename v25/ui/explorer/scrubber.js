// One scrubber for three modalities: which word is looked at, and what lights up for it.
const scrubber = { spans: new Map(), timer: 0, turn: 0 };
const STEP_MS = 520;

scrubber.make = () => {
  scrubber.copy = h("div", {
    class: "x-copy", tabindex: 0, role: "listbox", "aria-label": t("copy_label"),
    onkeydown: scrubber.key, onclick: scrubber.click,
  });
  scrubber.caption = h("p", { class: "x-caption", "aria-live": "polite" });
  scrubber.share = h("div", { class: "x-share" });
  scrubber.buttons = h("span", { class: "x-transport" });
  scrubber.direction = h("span", {});
  const copy = h("section", { class: "x-card x-words" },
    h("header", {}, h("h3", {}, t("copy_title")), scrubber.buttons), scrubber.copy);
  scrubber.bar = h("div", { class: "x-bar" });
  return h("div", { class: "x-look" },
    scrubber.bar, h("div", { class: "x-told" }, scrubber.caption, scrubber.share),
    h("div", { class: "x-look-grid" }, copy, media.make()));
};

scrubber.update = (changed) => {
  if (changed.has("revision")) scrubber.fill();
  if (changed.has("scope") || changed.has("lens") || changed.has("revision")) scrubber.tools();
  refreshChoices(scrubber.bar);
  if (changed.has("playing")) scrubber.play();
  if (changed.size > 1 || !changed.has("effects")) scrubber.light();
};

scrubber.tools = () => {
  const scopes = ["head", "layer", "all"].map((s) => [s, t(`scope_${s}`), t(`scope_${s}_hint`)]);
  const lenses = ["attention", "gated", "effective"].map(
    (l) => [l, t(`lens_${l}`), t(`lens_${l}_is`)]);
  scrubber.bar.replaceChildren(
    choices(t("scope"), t("scope"), scopes, "scope"),
    choices(t("lens"), t("lens"), lenses, "lens"),
    h("span", { class: "x-control x-sinks" }, h("em", {}, t("sinks")),
      tick(t("hide_first"), "hideFirst", t("hide_first_hint")),
      tick(t("hide_strongest"), "hideStrongest", t("hide_strongest_hint"))),
    tick(t("own_scale"), "ownScale", t("own_scale_hint")),
    h("p", { class: "x-note x-lens" }, t(`lens_${S.lens}_is`)));
  const button = (name, mark, act) => h("button", {
    type: "button", class: "x-step", title: t(name), "aria-label": t(name), onclick: act,
  }, mark);
  scrubber.buttons.replaceChildren(
    button("step_back", "‹", (event) => scrubber.step(-1, event)),
    button("play", S.playing ? "❚❚" : "▶", (event) => set({ playing: !S.playing }, event)),
    button("step_on", "›", (event) => scrubber.step(1, event)));
};

/** Last position that the copy offers: the mark of the end where the model ended by itself. */
scrubber.last = () => S.header.count - (S.header.ended ? 0 : 1);
const probability = (word, header = S.header) => header.probabilities[word - firstWord()];

scrubber.fill = () => {
  scrubber.spans = new Map();
  const nodes = [];
  for (let word = firstWord(); S.tokens && word <= scrubber.last(); word++) {
    const styled = word < S.header.count && /^‹.*›$/.test(S.tokens.texts[word]);
    const chance = probability(word), text = textOf(word);
    const told = chance === undefined ? "" : `${t("probability")} ${chance.toFixed(4)}`;
    const span = h("span", {
      role: "option", "data-token": word, id: `x-word-${word}`,
      class: `x-word${styled ? " x-style" : ""}${word === S.header.count ? " x-end" : ""}`,
      title: `${shown(text)} · ${told}`,
    }, text === PIECE ? "" : text);
    scrubber.spans.set(word, span);
    if (styled && nodes.length) nodes.push(h("br"));
    nodes.push(span);
  }
  scrubber.copy.replaceChildren(...nodes);
  if (!nodes.length) scrubber.copy.append(h("p", { class: "x-note" }, t("no_words")));
};

scrubber.click = (event) => {
  const word = Number(event.target.closest("[data-token]")?.dataset.token);
  if (!word) return;
  const changes = { word, probe: null, playing: false };
  if (promptLooks()) changes.scope = "all"; // written words do not look in fusion layers
  set(changes, event);
};

scrubber.key = (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by) scrubber.step(by, event);
  else if (event.key === " ") set({ playing: !S.playing }, event);
  else if (event.key === "Home") set({ word: firstWord(), probe: null }, event);
  else if (event.key === "End") set({ word: scrubber.last(), probe: null }, event);
  else if (event.key === "Escape") set({ probe: null, playing: false }, event);
  else return;
  event.preventDefault();
};

scrubber.step = (by, event) => {
  const word = Math.max(firstWord(), Math.min(scrubber.last(), (S.word ?? firstWord()) + by));
  const changes = { word, probe: null };
  if (promptLooks()) changes.scope = "all";
  set(changes, event);
};

scrubber.play = () => {
  clearInterval(scrubber.timer);
  scrubber.tools();
  if (!S.playing) return;
  if (S.word >= scrubber.last()) set({ word: firstWord(), probe: null });
  scrubber.timer = setInterval(() => {
    if (!element.isConnected || S.word >= scrubber.last()) { set({ playing: false }); return; }
    scrubber.step(1);
  }, STEP_MS);
};

// ---- what lights up ---------------------------------------------------------------------------
/** One value a token: the row of the token that looks, or the column of the one looked at. */
async function focus() {
  const given = asked(), count = lookedOver(), prompt = promptLooks();
  const back = prompt ? S.reverse : S.probe !== null;
  const at = prompt ? S.looker : back ? S.probe : S.word - 1;
  let values = null, sums = null;
  if (count <= S.header.whole) {
    const whole = await matrix("matrix", given);
    values = back ? whole.column(at) : whole.row(at);
    sums = whole.sums;
  } else {
    const { layer, head, lens } = given;
    const name = back ? "column" : "row";
    const asked_ = { layer, head, lens, [back ? "token" : "query"]: at };
    values = unpack((await view(name, asked_)).values);
  }
  if (back && !prompt) values = written(values);
  const light = new Float32Array(S.header.count + 1);
  light.set(values);
  const hidden = back ? new Set() : hide(light, sums);
  return { light, back, prompt, at, hidden };
}

/** Row p wrote the word at p + 1, so that word is the one to light up. */
function written(column) {
  const made = new Float32Array(S.header.count + 1);
  for (let row = S.header.prompt; row < column.length; row++) made[row + 1] = column[row];
  return made;
}

/** Takes the sinks that a person hid out of `light`; gives their places. */
function hide(light, sums) {
  const hidden = new Set(sinks(sums || light));
  for (const token of hidden) light[token] = 0;
  return hidden;
}

scrubber.light = async () => {
  if (!S.tokens || S.word === null) return;
  const mine = ++scrubber.turn;
  let seen = null;
  try { seen = await focus(); } catch (error) { failed(error); return; }
  if (mine !== scrubber.turn) return;
  S.seen = seen;
  const peaks = scales(seen.light);
  scrubber.show(seen, peaks);
  media.show(seen, peaks);
  scrubber.say(seen);
  scrubber.shares(seen);
  drawnNow("focus");
};

/** The value that is drawn full, for each modality. */
function scales(light) {
  const most = { image: 0, speech: 0, text: 0, own: 0 };
  light.forEach((value, token) => {
    const kind = MODALITIES[S.tokens.kinds[token] ?? 3];
    if (value > most[kind]) most[kind] = value;
  });
  if (S.ownScale) return most;
  const all = Math.max(...Object.values(most));
  return { image: all, speech: all, text: all, own: all };
}
/** Brightness: on one scale the square root, so that small values show beside one large. */
const strength = (value, peak) => (!(peak > 0 && value > 0) ? 0
  : S.ownScale ? value / peak : Math.sqrt(value / peak));

scrubber.show = (seen, peaks) => {
  for (const [word, span] of scrubber.spans) {
    const now = !seen.prompt && !seen.back && word === S.word;
    span.style.setProperty("--x-lit", strength(seen.light[word], peaks.own).toFixed(4));
    span.classList.toggle("x-now", now);
    span.classList.toggle("x-from", seen.back && !seen.prompt && word === seen.at);
    span.classList.toggle("x-later", !seen.back && !seen.prompt && word > S.word);
    span.setAttribute("aria-selected", String(now));
    span.dataset.value = seen.light[word];
  }
  scrubber.copy.classList.toggle("x-asleep", seen.prompt);
  scrubber.copy.setAttribute("aria-activedescendant", `x-word-${S.word}`);
  const now = scrubber.spans.get(S.word);
  if (!now || seen.prompt || seen.back) return;
  const box = scrubber.copy; // scrolled by hand: scrollIntoView would move the page
  if (now.offsetTop < box.scrollTop || now.offsetTop + 30 > box.scrollTop + box.clientHeight)
    box.scrollTop = now.offsetTop - box.clientHeight / 2;
};

scrubber.say = (seen) => {
  const [layer, head] = S.chosen, heads = S.header.heads;
  const ran = (from, to) => S.header.open.slice(from * heads, to * heads)
    .reduce((sum, open) => sum + open, 0);
  const deep = S.header.layers.length, first = S.header.layers.findIndex((_, i) => !fuses(i));
  const where = S.scope === "head"
    ? `${headName(layer, head)} (${t("gate")} ${gateOf(layer, head).toFixed(2)}` +
      `${isOpen(layer, head) ? "" : `, ${t("closed")}`})`
    : S.scope === "layer"
      ? t("mean_layer", { layer: layerName(layer), count: ran(layer, layer + 1) })
      : t("mean_all", { count: ran(first, deep) });
  const word = `“${shown(textOf(seen.prompt || seen.back ? seen.at : S.word))}”`;
  const chance = probability(S.word);
  const told = seen.prompt ? t(seen.back ? "say_looked" : "say_looks", { word })
    : seen.back ? t("say_used", { word })
      : t("say_wrote", { word, chance: chance === undefined ? "–" : percent(chance) });
  const nodes = [h("b", {}, `${where} · ${t(`lens_${S.lens}`)}`), " ", told];
  if (seen.prompt)
    nodes.push(" ", h("button", {
      type: "button", class: "x-link", onclick: (event) => set({ reverse: !S.reverse }, event),
    }, t(S.reverse ? "turn_on" : "turn_back")));
  else if (seen.back)
    nodes.push(" ", h("button", {
      type: "button", class: "x-link", onclick: (event) => set({ probe: null }, event),
    }, t("back_to_word")));
  scrubber.caption.replaceChildren(...nodes);
};

scrubber.shares = (seen) => {
  const sums = [0, 0, 0, 0];
  seen.light.forEach((value, token) => { sums[S.tokens.kinds[token] ?? 3] += value; });
  const all = sums.reduce((a, b) => a + b, 0);
  const many = (seen.back && !seen.prompt) || !all;
  for (const node of media.root.querySelectorAll("[data-part]"))
    node.textContent = many ? "" : percent(sums[MODALITIES.indexOf(node.dataset.part)] / all);
  scrubber.share.replaceChildren(...(many ? [] : MODALITIES.map((name, i) => sums[i] > 0 && h("i", {
    style: `flex-grow:${sums[i] / all}; --x-kind: var(--x-${name})`, "data-share": name,
    "data-value": sums[i], title: `${t(name)} ${sums[i].toFixed(4)}`,
  }, sums[i] / all < 0.07 ? ""
    : `${sums[i] / all < 0.2 ? "" : `${t(name)} `}${percent(sums[i] / all)}`)).filter(Boolean)));
};
