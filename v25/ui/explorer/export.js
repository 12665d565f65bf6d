// Pictures and a page of its own, made in the browser.
const exporting = {};

exporting.make = () => {
  const item = (key, act) => h("button", {
    type: "button", "data-export": key,
    onclick: async () => {
      exporting.menu.open = false;
      try { await act(); } catch (error) { failed(error); }
    },
  }, t(`export_${key}`));
  exporting.menu = h("details", { class: "x-menu" }, h("summary", {}, t("export")), h("div", {},
    item("head_png", () => exporting.figure("png")),
    item("head_svg", () => exporting.figure("svg")),
    item("overview_png", exporting.overview),
    ...(S.value.offline ? [] : [item("page", exporting.page)])));
  return exporting.menu;
};
exporting.update = () => {};

exporting.save = (address, name) => h("a", { href: address, download: name }).click();
exporting.name = (kind) => {
  const [layer, head] = S.chosen;
  return `v25-${S.header.layers[layer].replace(" ", "-")}-head-${head + 1}.${kind}`;
};

exporting.figure = async (format) => {
  const { plot } = detail, { width, height } = plot._fullLayout;
  const paper = style("--x-paper", "#fff"), kept = plot.layout;
  const figure = { data: plot.data, layout: { ...kept, paper_bgcolor: paper } };
  const address = await window.Plotly.toImage(figure, { format, width, height, scale: 2 });
  exporting.save(address, exporting.name(format));
};

exporting.overview = () => {
  const from = overview.canvas, canvas = h("canvas", { width: from.width, height: from.height });
  const brush = canvas.getContext("2d");
  brush.fillStyle = style("--x-paper", "#fff"); // the page behind the canvas is not part of it
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(from, 0, 0);
  exporting.save(canvas.toDataURL("image/png"), "v25-heads.png");
};

exporting.page = async () => {
  exporting.menu.classList.add("x-busy");
  try {
    const { payload } = await provider("page", {});
    if (payload.error) throw Object.assign(new Error(payload.error), payload);
    const address = URL.createObjectURL(new Blob([payload.page], { type: "text/html" }));
    exporting.save(address, "v25-attention.html");
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } finally { exporting.menu.classList.remove("x-busy"); }
};
