"""How long after a key another letter stood on the screen."""

from playwright.sync_api import Page

# Notes, for each key, when the frame with another letter in it had been drawn.
WATCH = """
window.painted = [];
document.addEventListener("keydown", () => {
  const began = performance.now();
  const shown = () => document.querySelector("article[data-letter]");
  const before = shown();
  const look = () => {
    if (shown() && shown() !== before) {
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => window.painted.push(performance.now() - began);
      drawn.port2.postMessage(0); // comes after the frame that is made just now
    } else if (performance.now() - began < 5000) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}, true);
"""


def watch_painting(page: Page) -> None:
    """Begin to take the times, on this page and those that follow."""
    page.context.add_init_script(WATCH)


def painted(page: Page) -> list[float]:
    """Milliseconds from each key to the letter it led to, since this was asked last."""
    found: list[float] = page.evaluate("window.painted.splice(0)")
    return found


def shown_letter(page: Page) -> str:
    """The reference of the letter that is open; empty where none is."""
    found: str = page.evaluate(
        "document.querySelector('article[data-letter]')?.dataset.letter ?? ''"
    )
    return found


def wait_for_another(page: Page, ref: str) -> None:
    """Until another letter is open, or none."""
    page.wait_for_function(
        "ref => document.readyState !== 'loading' && "
        "(document.querySelector('article[data-letter]')?.dataset.letter ?? '') !== ref",
        arg=ref,
        polling=25,
    )
