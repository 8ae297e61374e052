import { css } from '../lib/lit/index.js';

/** Base styles of every component: type, buttons, fields. */
export const base = css`
  :host {
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
    font: inherit;
  }
  .icon {
    display: block;
    flex: none;
  }
  .heading {
    font-size: 12px;
    font-weight: 600;
    color: var(--soft);
  }
  .numeric {
    font-variant-numeric: tabular-nums;
  }
  .only-read {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  a {
    color: inherit;
    text-underline-offset: 2px;
    text-decoration-color: var(--line-strong);
  }
  :focus-visible {
    outline: 2px solid var(--now);
    outline-offset: 2px;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 32px;
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--raised);
    color: var(--ink);
    font: 500 13px/1 var(--sans);
    cursor: pointer;
    white-space: nowrap;
  }
  button:hover {
    background: var(--hover);
  }
  button:disabled {
    color: var(--faint);
    background: none;
    cursor: default;
  }
  button.main {
    border-color: var(--action);
    background: var(--action);
    color: var(--on-action);
  }
  button.main:hover {
    background: var(--action-hover);
  }
  button.main:disabled {
    border-color: var(--line);
    background: var(--sunk);
    color: var(--faint);
  }
  button.quiet {
    border-color: transparent;
    background: none;
  }
  button.quiet:hover {
    background: var(--hover);
  }
  button.bare {
    width: 32px;
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--soft);
  }
  button.bare:hover {
    background: var(--hover);
    color: var(--ink);
  }
  button.danger {
    border-color: var(--bad);
    background: var(--bad);
    color: light-dark(#fff, #1c0f0d);
  }
  button[aria-pressed='true'] {
    background: var(--hover);
    color: var(--ink);
    border-color: var(--line-strong);
  }
  input,
  textarea,
  select {
    width: 100%;
    min-height: 34px;
    padding: 6px 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--raised);
    color: var(--ink);
    font: 400 14px/1.4 var(--sans);
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--faint);
    opacity: 1;
  }
  input:disabled,
  textarea:disabled,
  select:disabled {
    border-color: var(--line);
    background: none;
    color: var(--faint);
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 16px;
    min-height: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--action);
  }
  kbd {
    display: inline-block;
    min-width: 20px;
    padding: 2px 5px;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: 4px;
    background: var(--raised);
    color: var(--ink);
    font: 500 11px/1.3 var(--sans);
    text-align: center;
  }
  dialog {
    width: min(520px, calc(100vw - 32px));
    max-height: calc(100dvh - 48px);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--paper);
    color: var(--ink);
    box-shadow: var(--shadow-high);
  }
  dialog h2 {
    font-size: 16px;
    font-weight: 600;
  }
  dialog > .head,
  dialog > form > .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 14px 12px 0 20px;
  }
  dialog::backdrop {
    background: light-dark(rgb(40 36 28 / 35%), rgb(0 0 0 / 60%));
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
