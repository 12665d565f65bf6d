// The photo, the sound and the prompt: each token lies exactly where its place says.
const media = { nodes: new Map(), frame: null };
const MANY_WORDS = 1500, SOME_WORDS = 500;

media.make = () => {
  media.photo = h("div", { class: "x-photo" });
  media.sound = h("div", { class: "x-sound" });
  media.prompt = h("div", { class: "x-prompt" });
  media.root = h("div", {
    class: "x-senses", onclick: media.click, onmouseover: media.name,
    onkeydown: (event) => {
      if (event.key === "Enter" && event.target.dataset.token) media.click(event);
    },
  },
  h("section", { class: "x-card x-saw" }, media.title("photo_title", "image"),
    media.photo),
  h("section", { class: "x-card x-heard" }, media.title("sound_title", "speech"),
    media.sound),
  h("section", { class: "x-card x-read-words" }, media.title("prompt_title", "text"),
    media.prompt));
  return media.root;
};

/** A card's title, and beside it the share of the attention that goes there. */
media.title = (key, modality) => h("header", {}, h("h3", {}, t(key)),
  h("b", { class: "x-part", "data-part": modality, style: `--x-kind: var(--x-${modality})` }));

media.update = (changed) => {
  if (!changed.has("revision") || !S.tokens) return;
  media.nodes = new Map();
  media.window = null;
  media.fillPhoto();
  media.fillSound();
  media.fillPrompt(null);
  const { photo, sound } = S.header, tokens = [...S.tokens.kinds.slice(0, S.header.prompt)];
  media.root.querySelector(".x-saw").hidden = !photo && !tokens.includes(0);
  media.root.querySelector(".x-heard").hidden = !sound && !tokens.includes(1);
  media.root.querySelector(".x-read-words").hidden = !tokens.includes(2);
};

const placeOf = (token) => S.tokens.places.subarray(token * 4, token * 4 + 4);
const tokensOf = (kind) => {
  const made = [];
  for (let i = 0; i < S.header.prompt; i++) if (S.tokens.kinds[i] === kind) made.push(i);
  return made;
};

media.click = (event) => {
  const token = event.target.closest("[data-token]")?.dataset.token;
  if (token === undefined) return;
  choosePromptToken(Number(token), event);
};
/** The tooltip of the token under the pointer: hundreds of them at every step would cost time. */
media.name = (event) => {
  const node = event.target.closest("[data-token]");
  if (!node || !S.tokens) return;
  const value = Number(node.dataset.value || 0).toPrecision(4);
  node.title = `${shown(S.tokens.texts[node.dataset.token])} · ${t("value")} ${value}`;
};
function choosePromptToken(token, event) {
  if (promptLooks()) set({ looker: token, playing: false }, event);
  else set({ probe: S.probe === token ? null : token, playing: false }, event);
}

// ---- photo ------------------------------------------------------------------------------------
const isWhole = ([top, left, bottom, right]) => top <= 0 && left <= 0 && bottom >= 1 && right >= 1;

media.fillPhoto = async () => {
  const board = h("div", { class: "x-board" }), chips = [];
  for (const token of tokensOf(0)) {
    const place = placeOf(token), [top, left, bottom, right] = place, nodes = [];
    const word = isWhole(place) && chips.length > 0; // what is seen, put into words
    const share = (value) => `${(100 * value).toFixed(4)}%`;
    if (!word) nodes.push(h("i", {
      "data-token": token, class: isWhole(place) ? "x-whole" : "x-cell",
      style: `top:${share(top)};left:${share(left)};width:${share(right - left)};` +
        `height:${share(bottom - top)}`,
    }));
    if (isWhole(place)) {
      chips.push(h("button", {
        type: "button", class: "x-chip", "data-token": token,
        title: t(word ? "seen_hint" : "whole_hint"),
      }, word ? `“${shown(S.tokens.texts[token])}”` : t("whole_photo"), h("b")));
      board.prepend(...nodes);
      nodes.push(chips.at(-1));
    } else board.append(...nodes);
    media.nodes.set(token, nodes);
  }
  media.photo.replaceChildren(board, ...chips);
  if (!S.header.photo) return;
  const made = await view("photo").catch(() => null);
  if (made) board.prepend(h("img", { src: made.photo, alt: t("photo_title"), draggable: "false" }));
};

// ---- sound --------------------------------------------------------------------------------------
media.fillSound = async () => {
  const frames = tokensOf(1);
  media.sound.replaceChildren();
  if (!frames.length && !S.header.sound) return;
  const made = S.header.sound ? await view("sound").catch(() => null) : null;
  const last = frames.length ? placeOf(frames[frames.length - 1])[1] : 0;
  const seconds = (media.seconds = made?.seconds || last || 1);
  const board = h("div", { class: "x-board x-spectrogram" });
  if (made) board.append(spectrogram(made));
  for (const token of frames) {
    const [start, stop] = placeOf(token);
    const bar = h("i", {
      "data-token": token, class: "x-frame",
      style: `left:${((100 * start) / seconds).toFixed(4)}%;` +
        `width:${((100 * (Math.min(stop, seconds) - start)) / seconds).toFixed(4)}%`,
    }, h("u"));
    media.nodes.set(token, [bar]);
    board.append(bar);
  }
  const marks = h("div", { class: "x-seconds" }, h("span", {}, "0 s"),
    h("span", {}, `${(seconds / 2).toFixed(1)} s`), h("span", {}, `${seconds.toFixed(1)} s`));
  media.sound.replaceChildren(board, marks);
  if (S.seen) media.show(S.seen, scales(S.seen.light));
};

function spectrogram({ spectrogram: packed }) {
  const [bands, frames] = packed.shape, levels = unpack(packed);
  const canvas = h("canvas", { width: frames, height: bands, "aria-hidden": "true" });
  const image = new ImageData(frames, bands);
  for (let band = 0; band < bands; band++)
    for (let frame = 0; frame < frames; frame++) {
      const at = 4 * ((bands - 1 - band) * frames + frame); // low pitch at the bottom
      const grey = 20 + 0.72 * levels[band * frames + frame];
      image.data.set([grey * 0.86, grey * 0.94, grey * 1.1, 255], at);
    }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

// ---- words --------------------------------------------------------------------------------------
/** All words of the prompt; of a very long one, those around token `near`. */
media.fillPrompt = (near) => {
  const all = tokensOf(2), long = all.length > MANY_WORDS;
  for (const token of all) media.nodes.delete(token);
  let shownTokens = all;
  if (long) {
    const middle = near === null ? 0 : all.indexOf(near);
    const from = Math.max(0, Math.min(all.length - SOME_WORDS, middle - SOME_WORDS / 2));
    shownTokens = all.slice(from, from + SOME_WORDS);
    media.window = { from: shownTokens[0], to: shownTokens[shownTokens.length - 1], all };
  }
  const nodes = [];
  for (const heardNow of [0, 1]) {
    const words_ = shownTokens.filter((token) => S.tokens.heard[token] === heardNow);
    if (!words_.length) continue;
    const line = h("p", { class: "x-line", "data-heard": heardNow },
      h("em", {}, t(heardNow ? "heard_words" : "typed_words")));
    let end = null;
    for (const token of words_) {
      const [start, stop] = placeOf(token);
      const again = end !== null && start < end; // another piece of the same character
      const node = h("span", { class: "x-word", "data-token": token, tabindex: -1 },
        again ? "" : textOf(token));
      if (end !== null && start > end) line.append(" "); // what tokens leave out between them
      end = stop;
      media.nodes.set(token, [node]);
      line.append(node);
    }
    nodes.push(line);
  }
  if (long) nodes.unshift(media.strip());
  media.prompt.replaceChildren(...nodes);
};

/** The whole of a long prompt as a strip to click on. */
media.strip = () => {
  media.map = h("canvas", { class: "x-map", title: t("map_hint"), onclick: (event) => {
    const { all } = media.window, box = media.map.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * all.length);
    media.fillPrompt(all[Math.max(0, Math.min(all.length - 1, at))]);
    media.show(S.seen, scales(S.seen.light));
    event.stopPropagation();
  } });
  const { from, to, all } = media.window;
  return h("div", {}, media.map, h("small", {}, t("window", {
    from: all.indexOf(from) + 1, to: all.indexOf(to) + 1, count: all.length,
  }), " ", h("button", {
    type: "button", class: "x-link", onclick: () => {
      media.fillPrompt(all[largest(all.map((token) => S.seen.light[token]))]);
      media.show(S.seen, scales(S.seen.light));
    },
  }, t("to_strongest"))));
};

media.drawStrip = (light, peak) => {
  const { all } = media.window, width = media.prompt.clientWidth || 300, tall = 34;
  const brush = pen(media.map, width, tall);
  const most = new Float32Array(width);
  all.forEach((token, i) => {
    const x = Math.floor((i / all.length) * width);
    most[x] = Math.max(most[x], strength(light[token], peak));
  });
  brush.fillStyle = style("--x-text", "#2a9d76");
  for (let x = 0; x < width; x++) brush.fillRect(x, tall * (1 - most[x]), 1, tall * most[x]);
  const place = (token) => (all.indexOf(token) / all.length) * width;
  brush.strokeStyle = style("--x-choice", "#d9480f");
  brush.strokeRect(place(media.window.from) + 0.5, 0.5,
    Math.max(3, place(media.window.to) - place(media.window.from)), tall - 1);
};

// ---- light --------------------------------------------------------------------------------------
media.show = (seen, peaks) => {
  const looking = seen.prompt || seen.back ? seen.at : null;
  for (const [token, nodes] of media.nodes) {
    const kind = MODALITIES[S.tokens.kinds[token]], value = seen.light[token];
    for (const node of nodes) {
      node.style.setProperty("--x-lit", strength(value, peaks[kind]).toFixed(4));
      if (kind === "speech")
        node.style.setProperty("--x-level", peaks[kind] > 0 ? (value / peaks[kind]).toFixed(4) : 0);
      node.dataset.value = value;
      node.classList.toggle("x-from", token === looking);
      node.classList.toggle("x-hidden", seen.hidden.has(token));
      const figure = node.querySelector("b");
      if (figure) figure.textContent = value.toFixed(3);
    }
  }
  if (media.window) media.drawStrip(seen.light, peaks.text);
};
