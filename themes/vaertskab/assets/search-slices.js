// Work that takes long, a slice at a time: nothing that the search does may hold up typing.
(() => {
  "use strict";
  const SLICE_MS = 12;

  const pause = () => new Promise((resume) => {
    // A timer would wait four milliseconds each time.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resume(); };
    port2.postMessage(0);
  });
  const sliceEnd = () => performance.now() + SLICE_MS;
  /** Does `work` for each of a list; after every `step` of them it sees what time it is. */
  async function inSlices(list, work, step = 1) {
    let until = sliceEnd();
    for (let at = 0; at < list.length; at += 1) {
      work(list[at], at);
      if (at % step === 0 && performance.now() > until) {
        await pause();
        until = sliceEnd();
      }
    }
  }

  window.vaertSlices = { pause, sliceEnd, inSlices };
})();
