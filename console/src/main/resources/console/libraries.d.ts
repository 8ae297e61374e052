// The build puts the libraries under lib/; their types come from npm when the console is checked.

declare module '*/lib/lit/index.js' {
  export * from 'lit';
}
declare module '*/lib/lit-html/async-directive.js' {
  export * from 'lit/async-directive.js';
}
declare module '*/lib/lit-html/directives/keyed.js' {
  export * from 'lit/directives/keyed.js';
}
declare module '*/lib/lit-html/directives/repeat.js' {
  export * from 'lit/directives/repeat.js';
}
declare module '*/lib/lit-html/directives/guard.js' {
  export * from 'lit/directives/guard.js';
}
declare module '*/lib/lit-html/directives/class-map.js' {
  export * from 'lit/directives/class-map.js';
}
declare module '*/lib/lit-html/directives/style-map.js' {
  export * from 'lit/directives/style-map.js';
}
declare module '*/lib/lit-html/directives/live.js' {
  export * from 'lit/directives/live.js';
}
declare module '*/lib/uplot/uPlot.esm.js' {
  export { default } from 'uplot';
}

interface Window {
  /** Set by look/theme.js. */
  framewiseTheme: { get(): 'auto' | 'light' | 'dark'; set(choice: 'auto' | 'light' | 'dark'): void };
}
