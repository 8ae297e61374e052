import { css } from '../lib/lit/index.js';

export const listStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .scroll {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
  }
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li.result {
    content-visibility: auto;
    contain-intrinsic-size: auto 38px;
  }
  /* Rows of a long list are rendered near the screen only, and measured. */
  .long li.result {
    content-visibility: visible;
  }
  .line {
    display: grid;
    grid-template-columns: var(--at, 46px) minmax(0, 1fr) auto;
    align-items: baseline;
    gap: 10px;
    width: 100%;
    min-height: 0;
    padding: 8px 36px 8px 13px;
    border: 0;
    border-left: 3px solid transparent;
    border-radius: 0;
    background: none;
    font: 400 14px/1.45 var(--sans);
    text-align: left;
    white-space: normal;
  }
  button.line:hover {
    background: var(--hover);
  }
  button.line:focus-visible {
    outline-offset: -2px;
  }
  .at {
    color: var(--soft);
    font-size: 13px;
    font-weight: 500;
    text-align: right;
  }
  .said {
    overflow-wrap: anywhere;
    text-align: start;
    white-space: pre-line;
    text-wrap: pretty;
  }
  .said em {
    color: var(--soft);
    font-style: normal;
  }
  .facts {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    color: var(--faint);
    font-size: 12px;
    white-space: nowrap;
  }
  .current .line,
  .current .line:hover {
    border-left-color: var(--now-fill);
    background: var(--now-wash);
  }
  .current .at {
    color: var(--now);
    font-weight: 600;
  }
  .current .facts {
    color: var(--soft);
  }
  .failed .said {
    color: var(--bad);
    font-size: 13px;
  }
  .failed strong {
    margin-right: 2px;
    font-weight: 600;
  }
  .prompt {
    padding: 10px 16px 8px;
    border-bottom: 1px solid var(--line);
    background: var(--paper);
    font-size: 13px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  li:not(:first-child, .run + li).prompt {
    margin-top: 6px;
    border-top: 1px solid var(--line);
  }
  .run {
    padding: 10px 16px 0;
    color: var(--soft);
    font-size: 12px;
  }
  .run:not(:first-child) {
    margin-top: 10px;
    border-top: 1px solid var(--line-strong);
  }
  .run + .prompt {
    padding-top: 2px;
    margin-top: 0;
    border-top: 0;
  }
  .note {
    padding: 6px 16px 6px 72px;
    color: var(--soft);
    font-size: 12px;
  }
  .note.unchanged {
    color: var(--now);
  }
  .note.bad {
    color: var(--bad);
  }
  .more {
    padding: 8px 16px;
    text-align: center;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 6px 10px;
    border-top: 1px solid var(--line);
  }
  .small {
    min-height: 28px;
    padding: 0 8px;
    color: var(--soft);
    font-size: 12px;
  }
  .gap {
    flex: 1;
  }
  .follow {
    min-height: 28px;
    border-color: var(--action);
    border-radius: 14px;
    background: var(--action);
    color: var(--on-action);
    font-size: 12px;
  }
  .follow:hover {
    background: var(--action-hover);
  }
  li.result,
  .cell {
    position: relative;
  }
  .growing .said {
    color: var(--soft);
  }
  .caret {
    display: inline-block;
    width: 2px;
    height: 1em;
    margin-left: 2px;
    background: var(--now-fill);
    vertical-align: -2px;
    animation: blink 1s steps(2, jump-none) infinite;
  }
  @keyframes blink {
    to {
      opacity: 0.1;
    }
  }
  .instead {
    margin-left: 4px;
    padding: 0 5px;
    border: 1px solid var(--line-strong);
    border-radius: 3px;
    color: var(--soft);
    font-size: 11px;
    white-space: nowrap;
  }
  .details > summary {
    position: absolute;
    top: 6px;
    right: 6px;
    display: grid;
    place-content: center;
    width: 26px;
    height: 26px;
    border-radius: var(--radius-small);
    color: var(--faint);
    cursor: pointer;
    list-style: none;
  }
  .details > summary::-webkit-details-marker {
    display: none;
  }
  .details > summary:hover {
    background: var(--hover);
    color: var(--ink);
  }
  .details[open] > summary {
    transform: rotate(180deg);
  }
  .result .details[open] > fw-result-details {
    padding-left: 72px;
  }
  /* A phone has one scroll: that of the page. */
  @media (max-width: 800px) {
    .scroll {
      overflow: visible;
    }
  }
`;
