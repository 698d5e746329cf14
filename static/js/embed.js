// The letters form under an article, by one line: a script element for this file, with "defer".
//
// Put it where the form is to stand, or mark that place: <div data-we-hear-you></div>. The article
// is the page's canonical address; data-article="…" names another. No cookie is set, nothing is
// measured; the form is a frame from the letters desk, which grows with what stands in it.
(() => {
  const own = document.currentScript;
  const desk = new URL(own.src).origin;
  const canonical = document.querySelector('link[rel="canonical"]');
  const page = canonical ? canonical.href : location.href.split("#")[0];
  const frames = [];

  const put = (place) => {
    const article = place.dataset.article || page;
    const frame = document.createElement("iframe");
    frame.src = `${desk}/embed/new?article=${encodeURIComponent(article)}`;
    frame.title = place.dataset.title || "Write to the editor";
    frame.loading = "lazy";
    frame.referrerPolicy = "origin";
    frame.style.cssText = "width:100%;border:0;min-height:40rem;display:block";
    frames.push(frame);
    return frame;
  };

  window.addEventListener("message", (event) => {
    if (event.origin !== desk) return;
    const frame = frames.find((one) => one.contentWindow === event.source);
    const height = event.data && event.data.weHearYou && event.data.weHearYou.height;
    if (frame && Number.isFinite(height) && height > 0 && height < 20000) {
      frame.style.minHeight = "0";
      frame.style.height = `${Math.ceil(height)}px`;
    }
  });

  const places = document.querySelectorAll("[data-we-hear-you]");
  if (places.length) {
    for (const place of places) place.append(put(place));
  } else {
    own.after(put(own));
  }
})();
