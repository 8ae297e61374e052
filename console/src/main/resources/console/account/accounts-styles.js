import { css } from '../lib/lit/index.js';

export const accountsStyles = css`
  :host {
    display: block;
    max-width: 860px;
    padding: 8px 20px 40px;
  }
  h1 {
    margin: 12px 0 4px;
    font-size: 20px;
    font-weight: 600;
  }
  h2 {
    margin: 24px 0 8px;
    font-size: 15px;
    font-weight: 600;
  }
  ul {
    margin: 0 0 12px;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    list-style: none;
  }
  section > p {
    margin-bottom: 10px;
    color: var(--soft);
    font-size: 13px;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    padding: 8px 12px;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .name {
    flex: 1 1 200px;
    min-width: 0;
    overflow-wrap: anywhere;
    font-weight: 500;
  }
  small {
    display: block;
    color: var(--soft);
    font-size: 12px;
    font-weight: 400;
  }
  li select {
    width: auto;
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 10px;
    align-items: end;
  }
  label {
    display: grid;
    gap: 6px;
    font-size: 13px;
    font-weight: 500;
  }
  form button {
    min-height: 34px;
  }
  .wrong {
    color: var(--bad);
  }
  .made {
    margin-bottom: 12px;
    padding: 12px;
    border-radius: var(--radius);
    background: var(--now-wash);
  }
  code {
    display: block;
    margin: 8px 0;
    overflow-wrap: anywhere;
    user-select: all;
  }
`;
