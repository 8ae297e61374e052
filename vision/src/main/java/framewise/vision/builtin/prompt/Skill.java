package framewise.vision.builtin.prompt;

/** The skills of the builtin back end. */
public enum Skill {
  DESCRIBE,
  FIND,
  MOTION,
  COLOURS,
  READ
}
