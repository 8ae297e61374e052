import { css } from '../lib/lit/index.js';

export const presetsDialogStyles = css`
  dialog {
    width: min(640px, calc(100vw - 32px));
  }
  .about,
  .none,
  .done,
  .wrong {
    padding: 0 20px;
    color: var(--soft);
    font-size: 13px;
  }
  .none {
    padding-block: 28px;
    text-align: center;
  }
  .done,
  .wrong {
    min-height: 20px;
    padding-top: 8px;
    font-size: 12px;
  }
  .wrong {
    color: var(--bad);
  }
  ol {
    margin: 14px 0 0;
    padding: 0;
    border-block: 1px solid var(--line);
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 8px;
    padding: 8px 12px 10px 12px;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .acts {
    display: flex;
  }
  .acts button:disabled {
    color: var(--line-strong);
  }
  /* Fields that look like text until they are used. */
  input.name,
  textarea {
    padding: 4px 8px;
    border-color: transparent;
    background: none;
  }
  input.name {
    font-weight: 500;
  }
  input.name:hover,
  textarea:hover {
    border-color: var(--line);
  }
  input.name:focus,
  textarea:focus {
    border-color: var(--line-strong);
    background: var(--raised);
  }
  textarea {
    grid-column: 1 / -1;
    min-height: 28px;
    max-height: 140px;
    color: var(--soft);
    font-size: 13px;
    resize: none;
    field-sizing: content;
  }
  .buttons {
    position: sticky;
    bottom: 0;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 20px 16px;
    background: var(--paper);
  }
  .gap {
    flex: 1;
    color: var(--soft);
    font-size: 12px;
  }
`;
