import { svg } from '../lib/lit/index.js';

/** @param {unknown} shapes drawn on 16 by 16, in the colour of the text */
const icon = (shapes) =>
  svg`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none"
    stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${shapes}</svg>`;

export const play = icon(svg`<path d="M5 3.2v9.6l7.6-4.8z" fill="currentColor" stroke-width="1.2"/>`);
export const pause = icon(
  svg`<path d="M5 3.5v9M11 3.5v9" stroke-width="2.6" stroke-linecap="butt"/>`,
);
export const stop = icon(svg`<rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor"/>`);
export const plus = icon(svg`<path d="M8 3.2v9.6M3.2 8h9.6"/>`);
export const phone = icon(svg`<rect x="4.2" y="1.8" width="7.6" height="12.4" rx="1.4"/><path d="M7.2 11.8h1.6"/>`);
export const person = icon(svg`<circle cx="8" cy="5.2" r="2.7"/><path d="M2.8 13.6c.7-2.6 2.7-4 5.2-4s4.5 1.4 5.2 4"/>`);
export const share = icon(svg`<path d="M8 9.8V2.4M5.2 5 8 2.2 10.8 5M3.4 8.4v4.2a1 1 0 0 0 1 1h7.2a1 1 0 0 0 1-1V8.4"/>`);
export const code = icon(svg`<path d="M5.4 4.4 1.9 8l3.5 3.6M10.6 4.4 14.1 8l-3.5 3.6"/>`);
export const close = icon(svg`<path d="m4 4 8 8M12 4l-8 8"/>`);
export const menu = icon(svg`<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>`);
export const sound = icon(
  svg`<path d="M2.5 6.2v3.6h2.3L8 12.6V3.4L4.8 6.2zM10.5 5.8a3 3 0 0 1 0 4.4M12.4 4a5.6 5.6 0 0 1 0 8"/>`,
);
export const muted = icon(
  svg`<path d="M2.5 6.2v3.6h2.3L8 12.6V3.4L4.8 6.2zM10.8 6.3l3.4 3.4M14.2 6.3l-3.4 3.4"/>`,
);
export const full = icon(
  svg`<path d="M2.8 6V3.8a1 1 0 0 1 1-1H6M10 2.8h2.2a1 1 0 0 1 1 1V6M13.2 10v2.2a1 1 0 0 1-1 1H10M6 13.2H3.8a1 1 0 0 1-1-1V10"/>`,
);
export const captions = icon(
  svg`<rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="M4.5 10h4M10.5 10h1"/>`,
);
export const down = icon(svg`<path d="M8 3v9.5M4 8.8l4 4 4-4"/>`);
export const up = icon(svg`<path d="M8 13V3.5M4 7.2l4-4 4 4"/>`);
export const bookmark = icon(svg`<path d="M4.5 2.5h7v11L8 10.6l-3.5 2.9z"/>`);
export const bell = icon(svg`<path d="M3.4 11.4h9.2c-1-1-1.3-2-1.3-4.2a3.3 3.3 0 0 0-6.6 0c0 2.2-.3 3.2-1.3 4.2zM6.8 13.6a1.3 1.3 0 0 0 2.4 0"/>`);
export const check = icon(svg`<path d="m3.4 8.4 3 3 6.2-6.6"/>`);
export const send = icon(svg`<path d="M13.6 2.4 7 9M13.6 2.4 9.4 13.6 7 9 2.4 6.6z"/>`);
export const pulse = icon(svg`<path d="M1.8 8.4h3l1.7-4.6 3 8.4 1.7-3.8h3"/>`);
export const download = icon(svg`<path d="M8 2.5v7.2M4.8 6.8 8 10l3.2-3.2M3 13.2h10"/>`);
export const trash = icon(
  svg`<path d="M3 4.5h10M6.5 4.5V3h3v1.5M4.3 4.5l.6 8.5h6.2l.6-8.5M6.7 7v3.8M9.3 7v3.8"/>`,
);
export const pencil = icon(svg`<path d="m3 13 .6-2.8 6.9-6.9a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7l-6.9 6.9zM9.4 4.4l2.2 2.2"/>`);
export const search = icon(svg`<circle cx="7" cy="7" r="4.3"/><path d="m10.3 10.3 3.3 3.3"/>`);
export const boxes = icon(svg`<path d="M2.5 5V3.5a1 1 0 0 1 1-1H5M11 2.5h1.5a1 1 0 0 1 1 1V5M13.5 11v1.5a1 1 0 0 1-1 1H11M5 13.5H3.5a1 1 0 0 1-1-1V11"/><rect x="5.2" y="5.2" width="5.6" height="5.6" rx=".6"/>`);
export const sliders = icon(
  svg`<path d="M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6"/><circle cx="10" cy="5" r="1.5"/><circle cx="6" cy="11" r="1.5"/>`,
);
export const gear = icon(
  svg`<circle cx="8" cy="8" r="2.1"/><path d="M8 1.8v1.7M8 12.5v1.7M1.8 8h1.7M12.5 8h1.7M3.6 3.6l1.2 1.2M11.2 11.2l1.2 1.2M3.6 12.4l1.2-1.2M11.2 4.8l1.2-1.2"/>`,
);
export const keyboard = icon(
  svg`<rect x="1.8" y="4" width="12.4" height="8" rx="1.4"/><path d="M4.3 6.6h.01M6.8 6.6h.01M9.2 6.6h.01M11.7 6.6h.01M5.3 9.5h5.4"/>`,
);
export const film = icon(
  svg`<rect x="2" y="3" width="12" height="10" rx="1.5"/><path d="M5 3v10M11 3v10M2 8h3M11 8h3"/>`,
);
export const live = icon(
  svg`<circle cx="8" cy="8" r="1.6" fill="currentColor" stroke="none"/><path d="M5.2 10.8a4 4 0 0 1 0-5.6M10.8 5.2a4 4 0 0 1 0 5.6M3.2 12.8a6.8 6.8 0 0 1 0-9.6M12.8 3.2a6.8 6.8 0 0 1 0 9.6"/>`,
);
export const camera = icon(
  svg`<rect x="1.8" y="4" width="8.8" height="8" rx="1.5"/><path d="m10.6 7.2 3.6-2v5.6l-3.6-2"/>`,
);
export const screen = icon(
  svg`<rect x="1.8" y="2.8" width="12.4" height="8.4" rx="1.4"/><path d="M5.5 13.6h5M8 11.2v2.4"/>`,
);
export const link = icon(
  svg`<path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.8-.8"/>`,
);
export const flip = icon(
  svg`<path d="M2.8 6.6A5.4 5.4 0 0 1 12.6 5M13.2 9.4A5.4 5.4 0 0 1 3.4 11M12.8 2.4V5h-2.6M3.2 13.6V11h2.6"/>`,
);
export const columns = icon(svg`<rect x="2" y="3" width="12" height="10" rx="1.5"/><path d="M8 3v10"/>`);
export const chevron = icon(svg`<path d="m4.5 6.3 3.5 3.5 3.5-3.5"/>`);
export const warning = icon(svg`<path d="M8 2.4 14.4 13.4H1.6zM8 6.6v3M8 11.6v.01"/>`);
