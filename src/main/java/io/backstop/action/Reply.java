package io.backstop.action;

/** A result on its way out, with the record that it answers, should it not be writable. */
public record Reply(OriginalRecord original, ActionResult result) implements Traceable {}
