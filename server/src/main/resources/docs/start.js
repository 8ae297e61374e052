const overshoot = new URLSearchParams(location.search).get('api') === 'overshoot';

SwaggerUIBundle({
  url: overshoot ? 'api/v0.2/openapi.yaml' : 'openapi.yaml',
  dom_id: '#docs',
  deepLinking: true,
  validatorUrl: null,
});
