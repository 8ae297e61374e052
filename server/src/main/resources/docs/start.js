const overshoot = new URLSearchParams(location.search).get('api') === 'overshoot';

/** Adapts the page for screen readers: a link inside a button cannot be reached, and one server needs no choice. */
const accessible = () => ({
  wrapComponents: {
    DeepLink: (_, { React }) => ({ text }) => React.createElement('span', null, text),
    ServersContainer: () => () => null,
  },
});

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
