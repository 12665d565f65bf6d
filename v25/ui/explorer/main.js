// Puts the parts together, and follows what the page says: a new result, another language.
const page = { root: null, language: null, revision: null };
const status = { line: null, list: null };
parts.push(overview, scrubber, media, detail, routes, causal, compare, exporting);

function failed(error) {
  if (error.message === "stale") return;
  if (page.trouble) {
    page.trouble.textContent = error.sentence || t(error.message === "gone" ? "gone" : "failed");
    page.trouble.hidden = false;
  }
  if (!error.sentence && error.message !== "gone") console.warn(error);
}

function build() {
  page.trouble = h("p", { class: "x-trouble", role: "alert", hidden: true });
  page.summary = h("span", { class: "x-summary" });
  page.pin = h("button", { type: "button", class: "x-quiet x-small", onclick: () =>
    trigger("select", { action: S.pinned ? "unpin" : "pin" }) });
  page.empty = h("p", { class: "x-empty" });
  page.passes = h("div", { class: "x-passes", hidden: true },
    choices(t("pass"), t("pass"), ["reading", "writing"].map(
      (name) => [name, t(`pass_${name}`), t(`pass_${name}_is`)]), "pass"),
    h("p", { class: "x-note" }));
  page.passes.addEventListener("click", (event) => {
    const name = event.target.closest("[data-choice]")?.dataset.choice;
    if (name) turnTo(name);
  });
  status.line = h("summary", {});
  status.list = h("div", {});
  const look = scrubber.make();
  page.body = h("div", { class: "x-body" }, look,
    h("div", { class: "x-pair" }, overview.make(), detail.make()),
    compare.make(), h("div", { class: "x-pair x-even" }, routes.make(), causal.make()),
    h("details", { class: "x-status" }, status.line, status.list));
  element.replaceChildren(page.root = h("div", { class: "x-explorer" },
    h("div", { class: "x-title" }, h("h2", {}, t("title")), page.summary,
      h("span", { class: "x-actions" }, S.value.offline ? null : page.pin, exporting.make())),
    page.trouble, page.empty, page.passes, page.body));
}

/** Looks at the other pass of a result that was read twice. */
async function turnTo(name) {
  S.pass = name;
  cache = new Map();
  epoch += 1;
  try { await fetchResult(S.value, false, epoch); } catch (error) { failed(error); }
}

const fingerprint = (made, tokens) =>
  [made.gates.join(), made.probabilities.join(), tokens.texts.join("\u0001")].join("\u0002");

async function allTokens(side, header) {
  const extra = side === "a" ? { side } : {};
  const made = { texts: [], kinds: [], heard: [], places: [] };
  for (let start = 0; start < header.count; start = made.texts.length) {
    const piece = await view("tokens", { start, ...extra });
    made.texts.push(...piece.texts);
    made.kinds.push(...unpack(piece.kinds));
    made.heard.push(...unpack(piece.heard));
    made.places.push(...unpack(piece.places));
  }
  return {
    texts: made.texts, kinds: Uint8Array.from(made.kinds), heard: made.heard,
    places: Float32Array.from(made.places),
  };
}

async function header(side) {
  const made = await view("header", side === "a" ? { side } : {});
  return {
    ...made, heads: made.gates.shape[1], gates: unpack(made.gates), open: unpack(made.open),
    forced: unpack(made.forced), probabilities: unpack(made.probabilities),
  };
}

/** A new value from the page: draw everything anew where the result or the language is another. */
async function load() {
  const value = props.value ? JSON.parse(props.value) : null;
  if (!value) return;
  S.value = value;
  const { revision, language, state } = value;
  if (page.language !== language) { // the axes of the map speak it too
    page.language = language;
    page.revision = null;
    build();
  }
  page.root.dataset.state = state;
  page.empty.textContent = state === "empty" ? t("empty") : state === "writing" ? t("writing") : "";
  page.empty.hidden = state === "ready";
  page.body.hidden = state === "empty";
  page.body.classList.toggle("x-gates-only", state === "writing" && !S.tokens);
  page.pin.hidden = exporting.menu.hidden = state !== "ready";
  page.passes.hidden = !(state === "ready" && value.read);
  page.trouble.hidden = true;
  if (state === "writing") detail.library().catch(() => {}); // there when the first head is drawn
  if (state === "empty") {
    S.header = S.tokens = S.pinned = null;
    page.revision = null;
    page.summary.textContent = "";
    return;
  }
  if (state === "writing" && S.tokens && S.shownIn === language) return; // dimmed until it is done
  const again = page.revision === revision && S.header;
  if (!again) { cache = new Map(); epoch += 1; }
  if (page.told !== revision || !value.read) S.pass = "writing";
  page.revision = page.told = revision;
  try { await fetchResult(value, again, epoch); } catch (error) { failed(error); }
}

async function fetchResult(value, again, mine) {
  const ready = value.state === "ready";
  const made = await header("b"), pinned = ready && value.pinned ? await header("a") : null;
  if (mine !== epoch) return;
  const tokens = ready ? await allTokens("b", made) : null;
  if (mine !== epoch) return;
  const kept = S.header && S.header.layers.length === made.layers.length;
  const step = S.header && S.word !== null ? S.word - firstWord() : null;
  const same = S.header && S.tokens && tokens && fingerprint(S.header, S.tokens) ===
    fingerprint(made, tokens); // told anew: another language, or A came or went
  Object.assign(S, { header: made, pinned, playing: false, tokens, shownIn: value.language });
  if (!same) S.effects = null;
  if (!again || !kept) begin(kept, pinned || same ? step : null);
  page.summary.textContent = t("heads_summary", {
    open: made.open.reduce((sum, open) => sum + open, 0), all: made.open.length,
  });
  page.pin.textContent = t(pinned ? "unpin" : "pin");
  page.root.dataset.revision = value.revision;
  page.root.dataset.pass = S.pass;
  page.passes.lastChild.textContent = t(`pass_${S.pass}_is`);
  refreshChoices(page.passes);
  for (const part of parts) part.update(new Set(["revision", "effects"]));
}

/** What a new result shows first; beside A the step stays, so that the same ones are compared. */
function begin(kept, step) {
  const { header: made } = S;
  if (!kept || !S.chosen) {
    const layer = Math.max(0, made.layers.length - 1), from = layer * made.heads;
    const gates = made.gates.slice(from, from + made.heads);
    S.chosen = [layer, largest(gates.map((gate, i) => (made.open[from + i] ? gate : -1)))];
  }
  const marks = S.tokens ? S.tokens.texts.slice(firstWord()).map((text) => /^‹.*›$/.test(text)) : [];
  const opens = S.value.read && S.pass === "writing" ? Math.max(0, marks.indexOf(true, 1)) : 0;
  const first = marks[opens] && made.count > firstWord() + opens + 1 ? opens + 1 : opens;
  S.word = Math.min(Math.max(firstWord(), scrubber.last()), firstWord() + (step ?? first));
  if (S.scope === "head" && !isOpen(...S.chosen)) S.scope = "all"; // a closed head lights nothing
  Object.assign(S, { probe: null, reverse: false, looker: Math.max(0, made.prompt - 1) });
}

function showStatus() {
  if (!status.line) return;
  const kib = (bytes) => (bytes ? `${(bytes / 1000).toFixed(bytes < 9950 ? 1 : 0)} kB` : "–");
  const { last, drawn } = S;
  status.line.textContent = [
    drawn && t("drawn_in", { what: t(`drawn_${drawn.what}`), ms: drawn.ms.toFixed(0) }),
    last?.bytes && t("last_payload", { view: t(`view_${last.name}`), size: kib(last.bytes) }),
  ].filter(Boolean).join(" · ");
  const table = Object.entries(heard).map(([name, { count, bytes, ms }]) =>
    [t(`view_${name}`), `${count}`, kib(bytes), `${ms.toFixed(0)} ms`]);
  status.line.title = table.map((row) => row.join(" · ")).join("\n");
  status.list.replaceChildren(h("table", { class: "x-table" },
    h("tr", {}, ...["view", "times_asked", "bytes", "fetched_in"].map((key) =>
      h("th", {}, t(`status_${key}`)))),
    ...table.map((row) => h("tr", {}, ...row.map((cell, i) => h(i ? "td" : "th", {}, cell))))));
  Object.assign(status.line.dataset, { ms: drawn?.ms ?? "", what: drawn?.what ?? "" });
}

element.addEventListener("touchstart", (event) => { // a swipe over the map scrolls the page
  if (event.target.closest(".x-plot")) event.stopPropagation();
}, { capture: true, passive: true });
let seenWidth = 0;
const redraw = (why) => {
  clicked = 0;
  if (S.header && element.isConnected) for (const part of parts) part.update(new Set([why]));
};
new ResizeObserver(() => {
  if (Math.abs(element.clientWidth - seenWidth) < 2) return;
  seenWidth = element.clientWidth;
  redraw("theme");
}).observe(element);
new MutationObserver(() => redraw("theme"))
  .observe(document.body, { attributes: true, attributeFilter: ["class"] });
watch("value", load);
load();
