import { css } from '../lib/lit/index.js';

export const foldStyles = css`
  .scroll.folded {
    --at: 84px;
  }
  .find {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 12px 8px 16px;
    border-bottom: 1px solid var(--line);
  }
  .find .choices {
    display: flex;
    flex: none;
    padding: 2px;
    border-radius: 7px;
    background: var(--sunk);
  }
  .find .choices button {
    min-height: 26px;
    padding: 0 10px;
    border-color: transparent;
    background: none;
    color: var(--soft);
    font-size: 12px;
  }
  .find .choices button[aria-pressed='true'] {
    background: var(--raised);
    box-shadow: var(--shadow);
    color: var(--ink);
  }
  .find .choices .numeric {
    color: var(--bad);
  }
  .find input {
    flex: 1;
    min-width: 80px;
    min-height: 30px;
    padding: 3px 10px;
    border-color: var(--line);
    font-size: 12px;
  }
  li.fold {
    position: relative;
    content-visibility: auto;
    contain-intrinsic-size: auto 38px;
  }
  /* Thumbnails are aligned below each other, whatever is beside them. */
  .changed > .line .facts {
    min-width: 58px;
  }
  .fold .one {
    display: block;
  }
  .fold .label {
    margin-right: 6px;
  }
  .fold.columns > .line {
    grid-template: auto 1fr / var(--at, 46px) repeat(var(--columns), minmax(0, 1fr));
    gap: 2px 10px;
    padding-right: 8px;
  }
  .fold.columns .one {
    grid-row: 1 / span 2;
    padding: 0 28px 0 4px;
  }
  .fold.columns .facts {
    grid-column: 1;
    grid-row: 2;
    align-self: start;
  }
  .cell .thumb,
  .fold.columns .thumb {
    display: block;
    float: none;
    margin: 6px 0 2px;
  }
  .fold.columns {
    border-bottom: 1px solid var(--line);
  }
  .result.changed .said,
  .one.differs,
  .cell.differs .said {
    font-weight: 550;
  }
  .changed > .line,
  .clip.changed:not(.current) {
    border-left-color: var(--line-strong);
  }
  .thumb {
    float: right;
    width: 72px;
    height: 42px;
    margin: 0 0 2px 8px;
    border-radius: 4px;
    background: var(--sunk);
    object-fit: cover;
  }
  .unfold {
    position: absolute;
    top: 6px;
    right: 6px;
    width: 26px;
    min-height: 26px;
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--faint);
  }
  .unfold:hover {
    background: var(--hover);
    color: var(--ink);
  }
  .fold.open .unfold {
    transform: rotate(180deg);
  }
  .fold.open > .line {
    color: var(--soft);
  }
  .inside {
    background: color-mix(in srgb, var(--sunk) 45%, transparent);
  }
  .inside .said {
    color: var(--soft);
  }
  .fold .tell {
    position: absolute;
    top: 4px;
    right: 34px;
    width: 28px;
    min-height: 28px;
    background: var(--hover);
    opacity: 0;
  }
  .fold:hover .tell,
  .fold .tell:focus-visible {
    opacity: 1;
  }
  @media (hover: none) {
    .fold .tell {
      display: none;
    }
  }
`;
