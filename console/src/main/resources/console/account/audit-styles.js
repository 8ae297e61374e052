import { css } from '../lib/lit/index.js';

export const auditStyles = css`
  :host {
    display: block;
    max-width: 1180px;
    padding: 8px 20px 40px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    align-items: center;
    margin: 12px 0;
  }
  h1 {
    flex: 1;
    font-size: 20px;
    font-weight: 600;
  }
  input {
    flex: 0 1 320px;
    width: auto;
  }
  header button {
    min-height: 34px;
  }
  table {
    width: 100%;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    border-spacing: 0;
    background: var(--paper);
    font-size: 13px;
  }
  th,
  td {
    padding: 8px 12px;
    text-align: left;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  th {
    color: var(--soft);
    font-size: 12px;
    font-weight: 600;
  }
  td {
    border-top: 1px solid var(--line);
  }
  td:first-child {
    min-width: 92px;
  }
  small {
    display: block;
    color: var(--soft);
    font-size: 12px;
  }
  code {
    font-size: 12px;
  }
  .refused td:last-child {
    color: var(--bad);
  }
  .wrong {
    color: var(--bad);
  }
  .none {
    color: var(--soft);
    font-size: 13px;
  }
  table + button {
    margin-top: 10px;
  }
  @media (max-width: 800px) {
    :host {
      padding: 0 12px 24px;
    }
    thead {
      display: none;
    }
    tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      padding: 8px 0;
      border-top: 1px solid var(--line);
    }
    tr:first-child {
      border-top: 0;
    }
    td {
      padding: 2px 12px;
      border: 0;
    }
    td:nth-child(3) {
      grid-column: 1 / -1;
    }
  }
`;
