import { css } from '../lib/lit/index.js';

export const askingPanelStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .note {
    margin-bottom: 12px;
    color: var(--soft);
    font-size: 13px;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.9fr);
    gap: 20px 32px;
  }
  .right {
    display: grid;
    gap: 20px;
    align-content: start;
  }
  @container (max-width: 560px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 8px;
  }
  .check {
    padding: 5px 0;
  }
  .check.off {
    cursor: default;
  }
  .check.off > span {
    color: var(--soft);
  }
  em {
    margin-left: 4px;
    color: var(--faint);
    font-size: 12px;
    font-style: normal;
  }
  .model {
    margin-top: 10px;
  }
  .presets {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-bottom: 14px;
  }
  .presets button {
    min-height: 28px;
    padding: 0 10px;
    font-size: 12px;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
    gap: 12px 20px;
  }
  .plain {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 20px;
  }
  .plain .box {
    font-size: 13px;
  }
  .plain .box input {
    width: 72px;
  }
  .advanced {
    margin-top: 12px;
  }
  .advanced summary {
    width: fit-content;
    padding: 4px 0;
    color: var(--soft);
    font-size: 13px;
    cursor: pointer;
  }
  .advanced summary:hover {
    color: var(--ink);
  }
  .advanced .fields {
    margin-top: 8px;
  }
  .picture {
    display: block;
    width: 100%;
    max-width: 480px;
    margin-top: 16px;
  }
  .picture text {
    fill: var(--soft);
    font: 400 11px var(--sans);
  }
  .picture .axis {
    stroke: var(--line-strong);
  }
  .picture .clip {
    fill: var(--hover);
    stroke: var(--line-strong);
    stroke-width: 1;
  }
  .picture .frame {
    stroke: var(--now);
    stroke-width: 2;
  }
  .sum {
    margin-top: 6px;
    font-weight: 500;
    font-size: 13px;
  }
`;
