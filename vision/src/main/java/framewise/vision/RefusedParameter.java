package framewise.vision;

/**
 * A parameter that a server refuses for a model, learned from its error and no longer sent.
 *
 * @param model the model in the request
 * @param parameter the name in the API, such as {@code stream_options}; {@code system} for a system
 *     prompt, {@code reasoning} for any reasoning setting, {@code images} for more than a certain
 *     number of pictures
 * @param instead what replaces it, such as {@code left out}
 */
public record RefusedParameter(String model, String parameter, String instead) {}
