// Tests by intervention: force gates and run again, or measure what closing each head changes.
const causal = { wanted: new Map() };

causal.make = () => {
  causal.one = h("div", { class: "x-force" });
  causal.list = h("div", { class: "x-chips" });
  causal.run = h("button", { type: "button", class: "x-go", onclick: causal.go }, t("rerun"));
  causal.ask = h("button", { type: "button", class: "x-go x-quiet", onclick: causal.measure },
    t("measure"));
  causal.found = h("div", { class: "x-effects" });
  const parts_ = !S.value.runs ? [] : [
    h("p", { class: "x-note" }, t("force_note")), causal.one, causal.list, causal.run];
  return h("section", { class: "x-card x-causal", "aria-label": t("causal") },
    h("header", {}, h("h3", {}, t("causal"))), ...parts_,
    ...(!S.value.runs ? [h("p", { class: "x-note" }, t("needs_model"))] : [
      h("h4", {}, t("effects")), causal.ask, causal.found]));
};

causal.update = (changed) => {
  if (!S.value.runs) return;
  if (changed.has("revision")) {
    causal.wanted = new Map();
    S.header.forced.forEach((forced, i) => {
      if (forced) causal.wanted.set(i, S.header.gates[i]);
    });
    causal.found.replaceChildren();
    causal.chips();
  }
  if (changed.has("revision") || changed.has("chosen")) causal.choose();
  if (changed.has("effects")) causal.draw();
  causal.ask.disabled = causal.busy || !S.tokens || S.word === null;
  causal.ask.textContent = causal.busy ? t("measuring")
    : t("measure", { word: S.tokens ? `“${shown(textOf(S.word))}”` : "…" });
};

const placeAt = (index) => [Math.floor(index / S.header.heads), index % S.header.heads];

/** The three ways to run the chosen head, and its slider. */
causal.choose = () => {
  const [layer, head] = S.chosen, index = layer * S.header.heads + head;
  const now = causal.wanted.get(index);
  const way = now === undefined ? "learnt" : now === 0 ? "closed" : "fixed";
  const slider = h("input", {
    type: "range", min: 0.01, max: 1, step: 0.01, "aria-label": t("force_gate"),
    value: now || Math.max(0.01, gateOf(layer, head)).toFixed(2), disabled: way !== "fixed",
    oninput: () => { causal.put(index, Number(slider.value)); told.textContent = slider.value; },
  });
  const told = h("b", {}, Number(slider.value).toFixed(2));
  const pick = (value) => {
    causal.put(index, { learnt: undefined, closed: 0, fixed: Number(slider.value) }[value]);
    causal.choose();
  };
  causal.one.replaceChildren(h("em", {}, headName(layer, head)),
    h("span", { class: "x-choices", role: "group" }, ...["learnt", "closed", "fixed"].map((value) =>
      h("button", {
        type: "button", "aria-pressed": String(way === value), "data-force": value,
        onclick: () => pick(value),
      }, t(`force_${value}`)))), slider, told);
};

causal.put = (index, value) => {
  if (value === undefined) causal.wanted.delete(index);
  else causal.wanted.set(index, value);
  causal.chips();
};

causal.chips = () => {
  causal.list.replaceChildren(...[...causal.wanted].map(([index, value]) => {
    const [layer, head] = placeAt(index);
    return h("button", {
      type: "button", class: "x-chip", title: t("take_back"),
      onclick: () => { causal.put(index, undefined); causal.choose(); },
    }, `${headName(layer, head)} → ${value === 0 ? t("closed") : value.toFixed(2)} ×`);
  }));
  const same = causal.same();
  causal.run.disabled = same;
  causal.run.textContent = causal.wanted.size ? t("rerun", { count: causal.wanted.size })
    : t(same ? "rerun_plain" : "rerun_learnt");
};

/** Whether these gates are those that the shown result ran with. */
causal.same = () => S.header.forced.every((forced, i) => forced
  ? causal.wanted.get(i) === S.header.gates[i] : !causal.wanted.has(i));

causal.go = () => {
  const gates = [...causal.wanted].map(([index, value]) => [...placeAt(index), value]);
  causal.run.disabled = true;
  causal.run.textContent = t("running");
  trigger("select", { action: "rerun", gates });
};

// ---- effects ----------------------------------------------------------------------------------
causal.measure = async (event) => {
  const word = S.word;
  causal.busy = true;
  clock(event);
  causal.update(new Set());
  try {
    const [made, shares] = await Promise.all([
      view("effects", { position: word - firstWord() }), view("looks", { query: word - 1 })]);
    const values = unpack(made.effects).map((value) => (Number.isFinite(value) ? value : 0));
    causal.busy = false;
    set({ effects: {
      word, values, shares: unpack(shares.shares),
      most: values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6),
    } }, event);
    drawnNow("effects");
  } catch (error) {
    causal.busy = false;
    causal.update(new Set());
    failed(error);
  }
};

/** Open decision heads: index, effect of closing, and attention to everything but own words. */
causal.heads = () => {
  const { values, shares } = S.effects, made = [];
  values.forEach((effect, index) => {
    const [layer, head] = placeAt(index);
    if (!isOpen(layer, head)) return;
    const share = shares.subarray(index * 4, index * 4 + 4);
    made.push({ layer, head, effect, share, given: share[0] + share[1] + share[2] });
  });
  return made;
};

/** Spearman's rank correlation; ties share their mean rank. */
function correlation(a, b) {
  const ranks = (values) => {
    const order = values.map((value, i) => [value, i]).sort((x, y) => x[0] - y[0]), made = [];
    for (let i = 0; i < order.length;) {
      let j = i;
      while (j < order.length && order[j][0] === order[i][0]) j++;
      for (let k = i; k < j; k++) made[order[k][1]] = (i + j - 1) / 2;
      i = j;
    }
    return made;
  };
  const [x, y] = [ranks(a), ranks(b)], mean = (a.length - 1) / 2;
  const sum = (f) => a.reduce((total, _, i) => total + f(x[i] - mean, y[i] - mean), 0);
  return sum((p, q) => p * q) / Math.sqrt(sum((p) => p * p) * sum((_, q) => q * q) || 1);
}

causal.draw = () => {
  if (!S.effects) { causal.found.replaceChildren(); return; }
  const heads = causal.heads(), written_ = heads.filter(({ layer }) => !fuses(layer));
  const r = correlation(written_.map(({ effect }) => Math.abs(effect)),
    written_.map(({ given }) => given));
  const best = [...heads].sort((p, q) => Math.abs(q.effect) - Math.abs(p.effect)).slice(0, 12);
  const bar = ({ effect }) => h("span", { class: "x-two" }, h("i", {
    class: effect < 0 ? "x-less" : "x-more",
    style: `width:${((50 * Math.abs(effect)) / S.effects.most).toFixed(2)}%`,
  }));
  const looks = ({ layer, share }) => h("span", { class: "x-mix" }, ...(fuses(layer)
    ? [h("small", {}, t("prompt_only"))]
    : MODALITIES.map((name, i) => h("i", {
      style: `flex-grow:${share[i]};background:var(--x-${name})`,
      title: `${t(name)} ${percent(share[i])}`,
    }))));
  causal.found.replaceChildren(
    h("p", { class: "x-note" }, t("effects_of", { word: `“${shown(textOf(S.effects.word))}”` })),
    h("div", { class: "x-pairs" }, h("em"), h("em", {}, t("effect_head")),
      h("em", {}, t("attention_head")), ...best.flatMap((one) => [
        h("button", {
          type: "button", class: "x-link", "data-effect": one.effect,
          onclick: (event) => set({ chosen: [one.layer, one.head], scope: "head" }, event),
        }, headName(one.layer, one.head)),
        h("span", { class: "x-effect" }, bar(one), h("b", {}, fine(one.effect))), looks(one)])),
    h("p", { class: "x-claim" },
      t("not_explanation", { r: signed(r, 2), count: written_.length })));
};
