import { css } from '../lib/lit/index.js';

export const lanesStyles = css`
  :host {
    position: relative;
    display: block;
    --c0: light-dark(#3f78b8, #6fa8e6);
    --c1: light-dark(#2f8557, #6cc394);
    --c2: light-dark(#8256b8, #b892ee);
    --c3: light-dark(#10818a, #5fc3cc);
    --c4: light-dark(#a8537f, #e08fb6);
    --c5: light-dark(#7a7a2a, #c2c268);
  }
  .lane {
    position: relative;
    margin-top: 4px;
  }
  .lane .label {
    position: absolute;
    left: 4px;
    z-index: 1;
    max-width: 45%;
    overflow: hidden;
    padding: 0 4px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--paper) 82%, transparent);
    color: var(--soft);
    font-size: 11px;
    line-height: 14px;
    text-overflow: ellipsis;
    white-space: nowrap;
    pointer-events: none;
  }
  svg {
    display: block;
    width: 100%;
    height: 14px;
    border-radius: 3px;
    background: var(--sunk);
  }
  .many svg {
    height: 18px;
  }
  .many .label {
    top: 2px;
  }
  rect.none {
    fill: var(--line);
  }
  rect.plain {
    fill: var(--c0);
    fill-opacity: 0.55;
  }
  rect.bad {
    fill: var(--bad);
  }
  .c0 { fill: var(--c0); }
  .c1 { fill: var(--c1); }
  .c2 { fill: var(--c2); }
  .c3 { fill: var(--c3); }
  .c4 { fill: var(--c4); }
  .c5 { fill: var(--c5); }
  .cut {
    stroke: var(--paper);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }
  .incidents {
    position: relative;
    height: 9px;
    margin-top: 3px;
  }
  .incidents button {
    position: absolute;
    top: 0;
    min-height: 7px;
    height: 7px;
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: var(--bad);
  }
  .incidents button:hover {
    filter: brightness(1.15);
  }
  .incidents button.open {
    border-radius: 2px 0 0 2px;
  }
  .rule {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-top: 6px;
    color: var(--soft);
    font-size: 11px;
  }
  .rule::after {
    flex: 1;
    border-top: 1px solid var(--line-strong);
    content: '';
  }
  .lane.older {
    margin-top: 2px;
  }
  .older svg {
    height: 8px;
    opacity: 0.75;
  }
  .run {
    position: absolute;
    top: 0;
    bottom: 16px;
    width: 2px;
    margin-left: -1px;
    background: var(--line-strong);
    pointer-events: none;
  }
  .surface {
    position: absolute;
    inset: 0;
    cursor: pointer;
    touch-action: pan-y;
  }
  .surface.panned {
    cursor: grab;
  }
  .surface.selecting {
    cursor: crosshair;
    touch-action: none;
  }
  .span {
    position: absolute;
    top: 0;
    bottom: 0;
    border: 1px solid var(--now);
    border-width: 0 1px;
    background: color-mix(in srgb, var(--now-fill) 22%, transparent);
    pointer-events: none;
  }
  .head,
  .hover {
    position: absolute;
    top: 0;
    bottom: 0;
    width: 2px;
    margin-left: -1px;
    background: var(--now-fill);
    pointer-events: none;
  }
  .hover {
    background: var(--ink);
    opacity: 0.45;
  }
  /* The axis below the lanes stays legible. */
  :host([live]) .head,
  :host([live]) .hover,
  :host([live]) .span {
    bottom: 18px;
  }
  .tip {
    position: absolute;
    bottom: calc(100% + 10px);
    z-index: 5;
    width: 220px;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    box-shadow: var(--shadow-high);
    font-size: 13px;
    pointer-events: none;
  }
  .tip img {
    display: block;
    width: 100%;
    aspect-ratio: 16 / 9;
    background: var(--sunk);
    object-fit: cover;
  }
  .tip p {
    display: -webkit-box;
    overflow: hidden;
    padding: 0 10px;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
  }
  .tip p.bad {
    color: var(--bad);
  }
  .tip .when {
    padding: 6px 10px 2px;
    color: var(--soft);
    font-size: 12px;
  }
  .tip p:last-child {
    padding-bottom: 8px;
  }
  .keys {
    position: absolute;
    inset: 0 0 18px;
    border-radius: 3px;
    pointer-events: none;
  }
  .axis {
    display: flex;
    justify-content: space-between;
    padding-top: 3px;
    color: var(--soft);
    font-size: 11px;
  }
`;
