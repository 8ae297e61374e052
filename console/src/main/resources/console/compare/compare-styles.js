import { css } from '../lib/lit/index.js';

export const compareStyles = css`
  dialog {
    width: min(1100px, calc(100vw - 32px));
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 4px 20px 14px;
    font-size: 13px;
  }
  .rate {
    flex: 1 1 200px;
    color: var(--soft);
  }
  .rate strong {
    margin-right: 4px;
    color: var(--ink);
    font-size: 20px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .scroll {
    overflow: auto;
    border-top: 1px solid var(--line);
    overscroll-behavior: contain;
  }
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: 13px;
  }
  th,
  td {
    min-width: 160px;
    padding: 6px 8px 6px 16px;
    text-align: left;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    padding-block: 10px;
    border-bottom: 1px solid var(--line);
    background: var(--paper);
    font-weight: 600;
    vertical-align: bottom;
  }
  th:first-child {
    width: 76px;
    min-width: 76px;
    padding-right: 0;
    padding-left: 12px;
    color: var(--soft);
    font-weight: 500;
  }
  tbody tr + tr > * {
    border-top: 1px solid var(--line);
  }
  tbody th button {
    min-height: 28px;
    padding: 0 8px;
    color: var(--soft);
    font-size: 13px;
  }
  small {
    display: block;
    color: var(--soft);
    font-size: 12px;
    font-weight: 400;
  }
  .cell {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 6px;
  }
  .said {
    padding-top: 4px;
    white-space: pre-line;
  }
  tr:not(.differs) .said:not(.bad) {
    color: var(--soft);
  }
  .differs .said {
    font-weight: 500;
  }
  .bad {
    color: var(--bad);
  }
  .vote {
    flex: none;
    width: 28px;
    min-height: 28px;
    color: var(--faint);
  }
  button.vote[aria-pressed='true'],
  button.vote[aria-pressed='true']:hover {
    border-color: transparent;
    background: var(--good);
    color: light-dark(#fff, #10160f);
  }
  .none {
    padding: 32px;
    color: var(--soft);
    font-size: 13px;
    text-align: center;
  }
  .more {
    margin: 8px 12px 12px;
  }
`;
