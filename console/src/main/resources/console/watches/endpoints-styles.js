import { css } from '../lib/lit/index.js';

export const endpointsStyles = css`
  .panel {
    margin-top: 8px;
  }
  .endpoint {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 120px 190px;
    gap: 4px 12px;
    align-items: center;
    padding: 10px 10px 10px 8px;
  }
  .fold[aria-expanded='true'] .icon {
    transform: rotate(180deg);
  }
  h2 {
    font-size: 14px;
    font-weight: 600;
  }
  .kind {
    margin-left: 4px;
    padding: 0 5px;
    border: 1px solid var(--line-strong);
    border-radius: 3px;
    color: var(--soft);
    font-size: 11px;
    font-weight: 400;
  }
  .url {
    overflow: hidden;
    color: var(--soft);
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .reason,
  .outcome.bad {
    color: var(--bad);
  }
  .reason,
  .outcome {
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .outcome:not(.bad) {
    color: var(--good);
  }
  .acts {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 4px;
  }
  .acts > button:not(.bare) {
    min-height: 28px;
    padding: 0 10px;
    font-size: 12px;
  }
  .deliveries {
    padding: 0 16px 14px 52px;
  }
  .bar {
    display: flex;
    gap: 8px;
    padding-bottom: 6px;
  }
  .bar button,
  td button {
    min-height: 26px;
    padding: 0 9px;
    font-size: 12px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
  }
  th,
  td {
    padding: 5px 10px 5px 0;
    border-top: 1px solid var(--line);
    text-align: left;
    vertical-align: top;
  }
  th {
    border: 0;
    color: var(--soft);
    font-size: 12px;
    font-weight: 500;
  }
  td:last-child {
    padding-right: 0;
    text-align: right;
  }
  td small {
    display: block;
    color: var(--soft);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  td summary {
    color: var(--soft);
    font-size: 12px;
    cursor: pointer;
  }
  pre {
    max-height: 160px;
    margin: 4px 0;
    padding: 6px 8px;
    overflow: auto;
    border-radius: var(--radius-small);
    background: var(--sunk);
    font-size: 11px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .none {
    padding: 8px 0;
    color: var(--soft);
    font-size: 13px;
  }
  @media (max-width: 800px) {
    .endpoint {
      grid-template-columns: auto minmax(0, 1fr) auto;
    }
    .acts {
      grid-column: 2 / -1;
      justify-content: flex-start;
    }
    .deliveries {
      padding-left: 16px;
    }
  }
`;
