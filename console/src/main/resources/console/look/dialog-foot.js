import { css } from '../lib/lit/index.js';

/** The buttons at the end of a dialog, in `.buttons`; `--foot-gap` is the space above them. */
export const dialogFoot = css`
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-top: var(--foot-gap, 20px);
  }
`;

/** @param {Event} event of a control in a dialog, which is closed */
export function closeDialog({ currentTarget }) {
  /** @type {HTMLElement} */ (currentTarget).closest('dialog')?.close();
}
