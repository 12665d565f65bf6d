// Answers the views of a page of its own: attention from the queries and keys that it carries.
// `DATA` is what v25/ui/standalone.py wrote; the arithmetic is that of v25/tracing.py.
const offline = { looked: [] };

offline.layer = (index) => {
  if (!offline.looked[index]) {
    const { heads, queries, keys, norms } = DATA.looked[index];
    const [count, tokens, width] = queries.shape;
    offline.looked[index] = {
      heads, count, tokens, width, queries: unpack(queries), keys: unpack(keys),
      norms: unpack(norms), causal: !DATA.header.layers[index].startsWith("fusion"),
    };
  }
  return offline.looked[index];
};

/** Every open head that a question is about: of one layer, or of all decision layers. */
offline.heads = ({ layer, head }) => {
  const deep = [...DATA.looked.keys()].filter((index) => !offline.fuses(index));
  const layers = layer === null ? deep : [layer];
  return layers.flatMap((index) => {
    const looked = offline.layer(index);
    return looked.heads.map((name, place) => ({ index, name, place, looked }))
      .filter(({ name }) => head === null || name === head);
  });
};
offline.fuses = (index) => DATA.header.layers[index].startsWith("fusion");
offline.tokens = (layer) => (layer === null ? DATA.header.count : offline.layer(layer).tokens);

/** Adds one head's softmax row, seen through the lens, to `sum`. */
offline.addRow = (sum, { index, name, place, looked }, query, lens, share) => {
  const { tokens, width, queries, keys, norms, causal } = looked;
  const from = (place * tokens + query) * width, base = place * tokens * width;
  const stop = causal ? query + 1 : tokens, scores = new Float64Array(stop);
  let largest_ = -Infinity, total = 0;
  for (let j = 0; j < stop; j++) {
    let score = 0;
    for (let d = 0; d < width; d++) score += queries[from + d] * keys[base + j * width + d];
    scores[j] = score / Math.sqrt(width);
    if (scores[j] > largest_) largest_ = scores[j];
  }
  for (let j = 0; j < stop; j++) total += scores[j] = Math.exp(scores[j] - largest_);
  const gate = lens === "attention" ? 1 : offline.gates[index * offline.perLayer + name];
  for (let j = 0; j < stop; j++)
    sum[j] += (share * gate * scores[j] * (lens === "effective" ? norms[place * tokens + j] : 1)) /
      total;
};

offline.row = (given) => {
  const heads = offline.heads(given), sum = new Float64Array(offline.tokens(given.layer));
  for (const one of heads) offline.addRow(sum, one, given.query, given.lens, 1 / heads.length);
  return sum;
};

offline.matrix = (given) => {
  const count = offline.tokens(given.layer), causal = given.layer === null ||
    !offline.fuses(given.layer), { whole, blocks } = DATA;
  const size = count <= whole ? 1 : Math.ceil(count / blocks), side = Math.ceil(count / size);
  const sums = new Float64Array(side * side), width = (i) => Math.min(size, count - i * size);
  for (let query = 0; query < count; query++) {
    const row = offline.row({ ...given, query }), to = Math.floor(query / size) * side;
    for (let j = 0; j < count; j++) sums[to + Math.floor(j / size)] += row[j];
  }
  const flat = [];
  for (let i = 0; i < side; i++)
    for (let j = 0; j < (causal ? i + 1 : side); j++)
      flat.push(sums[i * side + j] / (width(i) * width(j)));
  return { side, count, causal, start: 0, stop: side, values: { array: Float32Array.from(flat) } };
};

offline.answers = {
  header: () => DATA.header,
  tokens: ({ start }) => DATA.tokens.find((piece) => piece.start === start),
  photo: () => DATA.photo,
  sound: () => DATA.sound,
  routes: () => DATA.routes,
  layer: ({ index }) => DATA.layers[index],
  frame: ({ layer }) => DATA.frames[offline.fuses(layer) ? "fusion" : "decision"],
  matrix: offline.matrix,
  row: (given) => ({ values: { array: Float32Array.from(offline.row(given)) } }),
  column: (given) => {
    const count = offline.tokens(given.layer), values = new Float32Array(count);
    for (let query = 0; query < count; query++)
      values[query] = offline.row({ ...given, query })[given.token];
    return { values: { array: values } };
  },
};

const provider = async (name, given) => {
  if (!offline.gates) {
    offline.gates = unpack(DATA.header.gates);
    offline.perLayer = DATA.header.gates.shape[1];
  }
  return { payload: offline.answers[name](given), bytes: 0 }; // nothing travels
};
