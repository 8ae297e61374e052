import { css } from '../lib/lit/index.js';

export const promptBarStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  label {
    display: block;
    margin-bottom: 6px;
  }
  .row {
    display: flex;
    gap: 8px;
    align-items: stretch;
  }
  textarea {
    flex: 1;
    min-width: 0;
    min-height: 40px;
    max-height: 180px;
    padding: 8px 12px;
    resize: none;
    font-size: 15px;
    field-sizing: content;
  }
  .buttons {
    display: flex;
    gap: 8px;
  }
  .buttons button {
    min-height: 40px;
    padding: 0 16px;
    align-self: flex-start;
  }
  .presets {
    display: flex;
    align-items: flex-start;
    gap: 2px;
    margin-top: 8px;
  }
  .choices {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 6px;
    min-width: 0;
  }
  .choices button {
    flex: none;
    max-width: 280px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .presets > button {
    flex: none;
    min-height: 28px;
    color: var(--soft);
    font-size: 12px;
  }
  .presets > .bare {
    width: 28px;
  }
  .presets > .bare .icon {
    width: 14px;
  }
  .choices button {
    min-height: 28px;
    padding: 0 10px;
    border-radius: 14px;
    font-weight: 400;
    font-size: 12px;
  }
  .wrong {
    margin-top: 8px;
    color: var(--bad);
    font-size: 12px;
  }
  .pending {
    margin-top: 8px;
    color: var(--soft);
    font-size: 12px;
  }
  @container (max-width: 480px) {
    .row {
      flex-direction: column;
    }
    .buttons button {
      flex: 1;
    }
    .choices {
      flex-wrap: nowrap;
      overflow-x: auto;
      margin-left: -16px;
      padding-left: 16px;
      scrollbar-width: none;
    }
    .choices button {
      min-height: 32px;
    }
    .presets > button {
      min-height: 32px;
      padding-inline: 8px;
    }
    .word {
      display: none;
    }
  }
`;
