import { css } from '../lib/lit/index.js';

export const tileStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  a {
    display: grid;
    gap: 2px;
    height: 100%;
    padding-bottom: 10px;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    box-shadow: var(--shadow);
    text-decoration: none;
  }
  a:hover {
    border-color: var(--line-strong);
  }
  .picture {
    position: relative;
    display: grid;
    place-items: center;
    aspect-ratio: 16 / 9;
    margin-bottom: 8px;
    overflow: hidden;
    background: #0b0b0a;
    color: #edebe6;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: contain;
    visibility: hidden;
  }
  .seen canvas {
    visibility: visible;
  }
  .over canvas {
    opacity: 0.35;
  }
  .none {
    display: grid;
    justify-items: center;
    gap: 6px;
    color: #a8a297;
    font-size: 12px;
  }
  .said {
    position: absolute;
    right: 8px;
    bottom: 8px;
    left: 8px;
    display: -webkit-box;
    overflow: hidden;
    width: fit-content;
    max-width: calc(100% - 16px);
    margin-inline: auto;
    padding: 5px 10px;
    border-radius: var(--radius-small);
    background: rgb(11 11 10 / 84%);
    font-size: 13px;
    font-weight: 600;
    line-height: 1.35;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    line-clamp: 3;
  }
  .soft {
    color: #c9c4ba;
    font-weight: 400;
  }
  .trouble {
    color: #f6b3a8;
    font-weight: 500;
  }
  .line,
  .facts {
    display: flex;
    gap: 10px;
    align-items: baseline;
    min-width: 0;
    padding: 0 12px;
  }
  .name {
    flex: 1;
    min-width: 0;
    font-weight: 600;
  }
  .status,
  .facts {
    color: var(--soft);
    font-size: 12px;
  }
  .facts {
    flex-wrap: wrap;
    gap: 0 12px;
  }
  .streaming,
  .waiting {
    color: var(--now);
    font-weight: 500;
  }
  .failed,
  .old {
    color: var(--bad);
  }
`;
