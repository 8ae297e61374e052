package framewise.vision;

/**
 * A parameter that a server refuses for a model, learned from its error. Requests go without it.
 *
 * @param model as it was asked for
 * @param parameter in the words of the API, such as {@code stream_options}; {@code system} for a
 *     system prompt, {@code reasoning} for any request to think more or less
 * @param instead what is done in its place, such as {@code left out}
 */
public record RefusedParameter(String model, String parameter, String instead) {}
