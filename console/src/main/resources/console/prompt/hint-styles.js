import { css } from '../lib/lit/index.js';

export const hintStyles = css`
  .over {
    color: var(--soft);
    font-size: 13px;
    max-width: 64ch;
  }
  .again {
    margin-top: 12px;
  }
  .again button {
    min-height: 40px;
    padding: 0 16px;
  }
  .hint {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    margin-top: 10px;
    color: var(--now);
    font-size: 13px;
  }
  .hint button {
    min-height: 28px;
    padding: 0 10px;
    font-size: 12px;
  }
`;
