import { css } from '../lib/lit/index.js';

/** A label with its input, unit, and help or error. */
export const fieldStyles = css`
  .field label,
  .label {
    display: block;
    margin-bottom: 4px;
    font-size: 13px;
  }
  .box {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-bottom: 4px;
    color: var(--soft);
    font-size: 12px;
  }
  .box input {
    max-width: 110px;
  }
  .check {
    display: flex;
    gap: 9px;
    cursor: pointer;
    font-size: 13px;
    line-height: 1.35;
  }
  .check input {
    flex: none;
    margin-top: 1px;
  }
  small {
    display: block;
    color: var(--soft);
    font-size: 12px;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  small.wrong {
    color: var(--bad);
  }
  [aria-invalid='true'] {
    border-color: var(--bad);
  }
`;
