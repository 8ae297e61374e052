const overshoot = new URLSearchParams(location.search).get('api') === 'overshoot';

/** Adapts the page for screen readers: a link inside a button cannot be reached, and one server needs no choice. */
const accessible = () => ({
  wrapComponents: {
    DeepLink: (_, { React }) => ({ text }) => React.createElement('span', null, text),
    ServersContainer: () => () => null,
  },
});

/** Its name in words: of the parameter or property in whose row it is, or of the request's body. */
const nameOf = (field) =>
  field.closest('tr')?.querySelector('.parameter__name, td')?.firstChild?.textContent?.trim() ||
  (field.closest('.opblock-section-request-body') ? 'Request body' : 'Value');

/**
 * What opens later has fields and buttons without a name or with another one than they show, landmarks that share a
 * name, and code that scrolls but can't be reached by keyboard.
 */
const ADAPTED = [
  ['.responses-table[role=region]', (table) => table.removeAttribute('role')],
  ['pre:not([tabindex])', (code) => code.setAttribute('tabindex', '0')],
  ['.examples-select-element:not([aria-label])', (select) => select.setAttribute('aria-label', 'Example')],
  [
    ':is(select, input, textarea):not([aria-label], [id])',
    (field) => field.closest('label') ?? field.setAttribute('aria-label', nameOf(field)),
  ],
  ['.close-modal:not([aria-label])', (button) => button.setAttribute('aria-label', 'Close')],
  [
    'button[aria-label]',
    (button) => {
      if (!button.getAttribute('aria-label').toLowerCase().includes(button.textContent.trim().toLowerCase())) {
        button.removeAttribute('aria-label');
      }
    },
  ],
];

const adapt = () => {
  for (const [selector, change] of ADAPTED) {
    document.querySelectorAll(`#docs ${selector}`).forEach(change);
  }
};

new MutationObserver(adapt).observe(document.querySelector('#docs'), { childList: true, subtree: true });

SwaggerUIBundle({
  url: overshoot ? 'api/v0.2/openapi.yaml' : 'openapi.yaml',
  dom_id: '#docs',
  deepLinking: true,
  validatorUrl: null,
  plugins: [accessible],
  onComplete: () => {
    // The page has a first heading of its own; everything belongs to a landmark.
    document.querySelector('.info h1, .info h2')?.setAttribute('aria-level', '2');
    for (const [selector, name] of [
      ['.information-container', 'About'],
      ['.scheme-container', 'Authorization'],
      ['.wrapper:has(> * > .models)', 'Schemas'],
    ]) {
      const part = document.querySelector(selector);
      part?.setAttribute('role', 'region');
      part?.setAttribute('aria-label', name);
    }
  },
});
