/** Color theme: light, dark, or the operating system's. Loaded as a classic script, before the first paint. */
(() => {
  const KEY = 'framewise.theme';

  /** @param {string} theme */
  function show(theme) {
    document.documentElement.dataset.theme = theme;
  }

  const theme = {
    /** @returns {'auto' | 'light' | 'dark'} */
    get() {
      const saved = localStorage.getItem(KEY);
      return saved === 'light' || saved === 'dark' ? saved : 'auto';
    },
    /** @param {'auto' | 'light' | 'dark'} choice */
    set(choice) {
      localStorage.setItem(KEY, choice);
      show(choice);
      dispatchEvent(new Event('themechange'));
    },
  };

  show(theme.get());
  Object.assign(window, { framewiseTheme: theme });
})();
