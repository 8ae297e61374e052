import { css } from '../lib/lit/index.js';

export const liveViewStyles = css`
  fw-lanes {
    margin: 8px 14px 0;
  }
  :host {
    display: block;
  }
  .screen {
    position: relative;
    display: grid;
    place-items: center;
    overflow: hidden;
    aspect-ratio: 16 / 7;
    max-height: min(46vh, 520px);
    width: 100%;
    padding: 24px 32px 40px;
    border-radius: var(--radius) var(--radius) 0 0;
    background: #0b0b0a;
    color: #edebe6;
  }
  .placeholder {
    display: grid;
    justify-items: center;
    gap: 4px;
    text-align: center;
  }
  .placeholder .icon {
    width: 28px;
    height: 28px;
    margin-bottom: 6px;
    color: #f0b04a;
  }
  .placeholder p,
  .at {
    color: #a8a297;
  }
  blockquote {
    display: grid;
    gap: 8px;
    max-width: 100%;
    max-height: 100%;
    min-height: 0;
    margin: 0;
    text-align: center;
  }
  .said {
    min-height: 0;
    max-width: 60ch;
    overflow-y: auto;
    font-size: clamp(20px, 2.6vw, 34px);
    font-weight: 600;
    line-height: 1.25;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    text-wrap: balance;
    white-space: pre-line;
    scrollbar-width: thin;
    scrollbar-color: #716c63 transparent;
  }
  .said.long {
    font-size: 16px;
    font-weight: 500;
    letter-spacing: 0;
  }
  .failed .said {
    color: #f28b7d;
    font-size: 16px;
    font-weight: 500;
  }
  .at {
    font-size: 13px;
  }
  .screen.seen {
    aspect-ratio: 16 / 9;
    max-height: min(52vh, 620px);
    padding: 0;
    align-items: end;
  }
  video,
  fw-preview,
  .still {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  .still {
    background: #0b0b0a;
  }
  fw-preview[hidden] {
    display: none;
  }
  .seen blockquote,
  .seen .caption {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: center;
    gap: 2px 12px;
    max-width: calc(100% - 32px);
    max-height: 45%;
    margin: 0 16px 16px;
    padding: 8px 14px;
    border-radius: var(--radius);
    background: rgb(11 11 10 / 82%);
    font-size: 14px;
  }
  .trouble {
    position: absolute;
    inset: 12px 12px auto;
    width: fit-content;
    max-width: calc(100% - 24px);
    margin-inline: auto;
    padding: 6px 12px;
    border-radius: var(--radius-small);
    background: rgb(11 11 10 / 86%);
    color: #f6b3a8;
    font-size: 13px;
    font-weight: 500;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .seen .said {
    font-size: 17px;
    letter-spacing: 0;
  }
  .controls {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 48px;
    padding: 8px 12px 8px 14px;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--soft);
    font-size: 13px;
    font-weight: 600;
  }
  .badge.on {
    color: var(--now);
  }
  .time {
    font-size: 13px;
    font-weight: 500;
  }
  .time span {
    color: var(--soft);
    font-weight: 400;
  }
  .gap {
    flex: 1;
  }
  @media (max-width: 800px) {
    .seen + .controls .time span {
      display: none;
    }
    .screen.seen {
      max-height: 40dvh;
      padding: 0;
    }
    .screen {
      max-height: 34dvh;
      padding: 16px 16px 36px;
      border-radius: 0;
    }
  }
`;
