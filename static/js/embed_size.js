// Tells the page around the frame how high this one is. A number is all that it says.
const tell = () => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  window.parent.postMessage({ weHearYou: { height } }, "*");
};
new ResizeObserver(tell).observe(document.documentElement);
tell();
