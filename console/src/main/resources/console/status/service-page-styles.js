import { css } from '../lib/lit/index.js';

export const servicePageStyles = css`
  :host {
    display: block;
    max-width: 1000px;
    padding: 8px 20px 40px;
  }
  h1 {
    margin: 4px 0;
    font-size: 20px;
    font-weight: 600;
  }
  h2 {
    margin: 24px 0 8px;
    font-size: 15px;
    font-weight: 600;
  }
  .facts {
    min-height: 20px;
    margin-bottom: 12px;
    color: var(--soft);
    font-size: 13px;
  }
  .wrong {
    margin-bottom: 10px;
    color: var(--bad);
    font-size: 13px;
  }
  .panel {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    box-shadow: var(--shadow);
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(118px, 1fr));
    gap: 18px 24px;
    margin: 0;
    padding: 16px 20px 18px;
  }
  dt {
    color: var(--soft);
    font-size: 12px;
  }
  dd {
    margin: 2px 0 0;
    font-size: 20px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .tiles small {
    display: block;
  }
  small {
    color: var(--soft);
    font-size: 12px;
    font-weight: 400;
    letter-spacing: 0;
  }
  .meter {
    margin-top: 8px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
  }
  th,
  td {
    padding: 8px 16px;
    text-align: left;
    vertical-align: baseline;
  }
  tbody tr {
    border-top: 1px solid var(--line);
  }
  thead th {
    color: var(--soft);
    font-size: 12px;
    font-weight: 500;
  }
  tbody th {
    font-weight: 500;
  }
  code {
    font: 400 12px ui-monospace, monospace;
  }
  td small,
  th small {
    display: block;
  }
  .number {
    font-variant-numeric: tabular-nums;
    text-align: right;
    white-space: nowrap;
  }
  .bad {
    color: var(--bad);
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr));
    gap: 12px;
  }
  figure {
    min-width: 0;
    margin: 0;
    padding: 10px 0 8px;
  }
  figcaption {
    padding: 0 16px 2px;
    font-size: 13px;
    font-weight: 500;
  }
  .panel + .links {
    margin-top: 12px;
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 20px;
    font-size: 14px;
  }
  @media (max-width: 800px) {
    :host {
      padding: 4px 12px 32px;
    }
    th,
    td {
      padding-inline: 12px;
    }
  }
  /* A provider is a block of lines where a row has no room. */
  @media (max-width: 600px) {
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tbody tr {
      display: grid;
      grid-template-columns: repeat(4, minmax(0, 1fr));
      padding: 10px 12px;
    }
    tbody tr > * {
      padding: 0;
    }
    tbody tr > :is(th, :nth-child(2)) {
      grid-column: span 2;
    }
    .number {
      padding-top: 8px;
      text-align: left;
    }
    .number::before {
      display: block;
      color: var(--soft);
      font-size: 12px;
      content: attr(data-name);
    }
    .unused .number {
      display: none;
    }
  }
`;
