/**
 * Pulumi's Node SDK notes a stack trace with each promise it makes, thousands of them, and has each one looked up in
 * source maps. There are none: Node strips types in place, so that lines and columns are those of the source. Without
 * the look-up a `pulumi up` with nothing to do takes a tenth less time.
 * @see https://nodejs.org/api/errors.html#errorpreparestacktraceerror-trace
 */
Reflect.deleteProperty(Error, "prepareStackTrace");
