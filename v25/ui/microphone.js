// While somebody records, the sound goes to the engine in pieces, and what it heard comes back.
// The recorder of the page stays as it is: its file is what counts whenever a piece is lost.
const RATE = 16000, EVERY = 0.25;
const TAP = `registerProcessor("v25-tap", class extends AudioWorkletProcessor {
  process(inputs) { if (inputs[0][0]) this.port.postMessage(inputs[0][0].slice()); return true; }
});`;
const told = () => { try { return JSON.parse(props.value); } catch { return {}; } };

const show = (said) => {
  const line = element.querySelector(".v-ear");
  line.hidden = !said;
  line.querySelector("span").textContent = told().label || "";
  line.querySelector("q").textContent = said;
};

const packed = (parts) => {
  const bytes = new Uint8Array(2 * parts.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) for (const value of part) {
    view.setInt16(at, Math.round(32767 * Math.max(-1, Math.min(1, value))), true);
    at += 2;
  }
  let letters = "";
  for (let i = 0; i < bytes.length; i += 4096) letters += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(letters);
};

// one piece after the other: what comes in while one is on its way goes with the next
const send = async (take) => {
  if (take.busy) return;
  take.busy = true;
  try {
    while (!take.lost && !take.told && (take.ended || take.held >= EVERY * take.rate)) {
      const parts = take.waiting, count = take.held, last = take.ended;
      take.waiting = []; take.held = 0;
      const piece = { key: told().key, take: take.name, start: take.sent, rate: take.rate, last };
      const answer = JSON.parse(await server.hear(JSON.stringify({ ...piece, samples: packed(parts) })));
      take.sent += count; take.told = last;
      if (answer.error) take.lost = true;
      else if (V.take === take && answer.said !== undefined) show(answer.said);
    }
  } catch { take.lost = true; } finally { take.busy = false; }
};

// of the page, not of this element: a component that is mounted again must not tap twice
const V = (window.v25Microphone ||= {});
Object.assign(V, { show, send, told });

const opened = async (stream) => {  // before the recorder has it, so that it misses nothing
  let source;
  if (!V.context) {
    let context = new AudioContext({ sampleRate: RATE });
    try { source = context.createMediaStreamSource(stream); } catch {  // some browsers never resample
      context.close();
      context = new AudioContext();
    }
    V.context = context;
    const code = URL.createObjectURL(new Blob([TAP], { type: "text/javascript" }));
    await V.context.audioWorklet.addModule(code);
    URL.revokeObjectURL(code);
    V.node = new AudioWorkletNode(V.context, "v25-tap");
    V.node.port.onmessage = ({ data }) => {
      const take = V.take;
      if (!take || take.ended || take.paused || take.lost) return;
      take.waiting.push(data); take.held += data.length;
      V.send(take);
    };
    const silent = new GainNode(V.context, { gain: 0 });  // a node that leads nowhere may rest
    V.node.connect(silent).connect(V.context.destination);
  }
  V.source?.disconnect();
  V.source = source || V.context.createMediaStreamSource(stream);
  V.source.connect(V.node);
  V.stream = stream;
  await V.context.resume();
};

const begins = (recorder) => {
  const name = Array.from(crypto.getRandomValues(new Uint32Array(2))).join("-");
  const take = { name, rate: V.context.sampleRate, waiting: [], held: 0, sent: 0, ended: false };
  V.take = take;
  V.show("");
  recorder.addEventListener("pause", () => { take.paused = true; });
  recorder.addEventListener("resume", () => { take.paused = false; });
  recorder.addEventListener("stop", () => {
    take.ended = true;
    V.send(take);
    if (V.take === take) V.context.suspend();
  });
  V.context.resume();
};

if (!V.tapped && navigator.mediaDevices && window.MediaRecorder && window.AudioWorkletNode) {
  V.tapped = true;
  const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    try {
      if (V.told().on && wanted?.audio && !stream.getVideoTracks().length) await opened(stream);
    } catch { V.stream = null; }
    return stream;
  };
  const start = MediaRecorder.prototype.start;
  MediaRecorder.prototype.start = function (...given) {
    const started = start.apply(this, given);
    try { if (V.stream && this.stream === V.stream) begins(this); } catch { V.take = null; }
    return started;
  };
}
watch("value", () => { element.querySelector(".v-ear span").textContent = told().label || ""; });
