package framewise.vision.builtin.prompt;

/** What the builtin back end can do about a prompt. */
public enum Skill {
  DESCRIBE,
  FIND,
  MOTION,
  COLOURS,
  READ
}
