import { css } from '../lib/lit/index.js';

/** A small picture over an icon, which shows until it is loaded or where there is none. */
export const pictureStyles = css`
  .picture {
    position: relative;
    display: grid;
    place-content: center;
    overflow: hidden;
    background: var(--sunk);
    color: var(--faint);
  }
  .picture img {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .picture img.missing {
    display: none;
  }
`;
