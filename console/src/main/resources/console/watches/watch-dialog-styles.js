import { css } from '../lib/lit/index.js';

export const watchDialogStyles = css`
  dialog {
    width: min(640px, calc(100vw - 24px));
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 18px;
    padding: 12px 20px 0;
  }
  fieldset {
    display: grid;
    gap: 8px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend,
  .field > label {
    padding: 0;
    font-size: 13px;
    font-weight: 500;
  }
  legend {
    margin-bottom: 6px;
  }
  .field {
    display: grid;
    gap: 5px;
    min-width: 0;
  }
  .field.inline {
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 10px;
  }
  small {
    color: var(--soft);
    font-size: 12px;
    line-height: 1.45;
  }
  small code {
    color: var(--ink);
    font: 400 12px ui-monospace, monospace;
  }
  .wrong {
    color: var(--bad);
    overflow-wrap: anywhere;
  }
  .segments {
    display: flex;
    width: fit-content;
    padding: 2px;
    border-radius: 7px;
    background: var(--sunk);
  }
  .segments button {
    min-height: 28px;
    border-color: transparent;
    background: none;
    color: var(--soft);
    font-size: 12px;
  }
  .segments button[aria-pressed='true'] {
    background: var(--raised);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  textarea {
    min-height: 38px;
    max-height: 140px;
    resize: none;
    field-sizing: content;
  }
  textarea.code {
    font: 400 13px/1.5 ui-monospace, monospace;
  }
  .fields-known {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .fields-known button {
    min-height: 26px;
    padding: 0 9px;
    border-radius: 13px;
    font: 400 12px ui-monospace, monospace;
  }
  .sentence {
    font-size: 14px;
    line-height: 2.5;
  }
  .sentence input,
  .sentence select {
    display: inline-block;
    width: auto;
    min-height: 32px;
    padding: 3px 8px;
  }
  .sentence input[type='number'] {
    width: 50px;
    padding: 3px 4px 3px 8px;
  }
  .zone {
    color: var(--soft);
    font-size: 13px;
  }
  .options {
    display: grid;
    gap: 2px;
    max-height: 132px;
    padding: 6px 10px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
  }
  .check {
    display: flex;
    align-items: center;
    gap: 9px;
    padding: 4px 0;
    font-size: 13px;
    cursor: pointer;
  }
  .check input {
    flex: none;
  }
  .check span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .days {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
  }
  .days button {
    width: 36px;
    min-height: 30px;
    padding: 0;
    font-size: 12px;
  }
  .days small {
    margin-left: 8px;
  }
  details summary {
    width: fit-content;
    color: var(--soft);
    font-size: 13px;
    cursor: pointer;
  }
  details summary:hover {
    color: var(--ink);
  }
  details fieldset {
    margin-top: 12px;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
    gap: 14px 20px;
    margin-top: 14px;
  }
  .box {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--soft);
    font-size: 12px;
  }
  .box input {
    width: 92px;
  }
  .tried {
    padding: 10px 14px;
    border-radius: var(--radius);
    background: var(--now-wash);
    font-size: 13px;
  }
  .tried h3 {
    font-weight: 600;
  }
  .tried h3 small {
    margin-left: 6px;
    font-weight: 400;
  }
  .tried ul {
    margin: 6px 0 0;
    padding: 0;
    list-style: none;
  }
  .tried ul:empty {
    display: none;
  }
  .tried li {
    display: grid;
    grid-template-columns: 64px 72px minmax(0, 1fr);
    gap: 10px;
    padding: 2px 0;
  }
  .tried .where {
    overflow: hidden;
    color: var(--soft);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .buttons {
    position: sticky;
    bottom: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-inline: -20px;
    padding: 12px 20px 16px;
    border-top: 1px solid var(--line);
    background: var(--paper);
  }
  .gap {
    flex: 1;
  }
`;
