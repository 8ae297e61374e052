/** Accepts a file that is dragged onto the page. Dispatches `change`. */
export class Drop extends EventTarget {
  /** Whether a file is over the page. */
  over = false;

  /** @param {(file: File) => void} take */
  open(take) {
    addEventListener('dragover', (e) => {
      if (e.dataTransfer?.types.includes('Files')) {
        e.preventDefault();
        this.#become(true);
      }
    });
    addEventListener('dragleave', (e) => this.#become(this.over && e.relatedTarget !== null));
    addEventListener('drop', (e) => {
      e.preventDefault();
      this.#become(false);
      [...(e.dataTransfer?.files ?? [])].forEach(take);
    });
  }

  /** @param {boolean} over */
  #become(over) {
    if (over !== this.over) {
      this.over = over;
      this.dispatchEvent(new Event('change'));
    }
  }
}
