import { css } from '../lib/lit/index.js';

export const playerStyles = css`
  :host {
    display: block;
  }
  .screen {
    position: relative;
    overflow: hidden;
    aspect-ratio: 16 / 9;
    max-height: min(62vh, 720px);
    width: 100%;
    border-radius: var(--radius) var(--radius) 0 0;
    background: #0b0b0a;
  }
  @media (max-width: 800px) {
    .screen {
      max-height: 34dvh;
      border-radius: 0;
    }
  }
  .screen:fullscreen {
    max-height: none;
    border-radius: 0;
  }
  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: contain;
    cursor: pointer;
  }
  .caption {
    position: absolute;
    inset: auto 0 0;
    padding: 16px;
    text-align: center;
    pointer-events: none;
  }
  .caption span {
    display: inline-block;
    max-width: 60ch;
    padding: 4px 10px;
    border-radius: 4px;
    background: rgb(0 0 0 / 78%);
    color: #fff;
    font-size: 15px;
    white-space: pre-line;
  }
  .cannot {
    position: absolute;
    inset: 0;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 4px;
    padding: 24px;
    background: #0b0b0a;
    color: #edebe6;
    text-align: center;
  }
  .cannot p {
    color: #a8a297;
  }
  fw-timeline,
  fw-lanes {
    margin: 4px 14px 0;
  }
  fw-lanes {
    margin-bottom: 6px;
  }
  .controls {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 0 8px 8px;
  }
  .gap {
    flex: 1;
  }
  .time {
    margin-left: 4px;
    font-size: 13px;
    font-weight: 500;
  }
  .time span {
    color: var(--soft);
    font-weight: 400;
  }
  .speed {
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
`;
