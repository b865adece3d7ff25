package dev.q.cli.store;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps passwords out of what is said. They are not given to messages in the first place;
 * this is for what libraries quote.
 *
 * @since 0.1
 */
public final class Secrets {

	/**
	 * A password may hold any sign, so nothing but the last '@' of a line ends a login,
	 * though that may take a piece of a sentence away.
	 */
	private static final Pattern LOGIN = Pattern.compile("(?<=//).*@");

	/** Of an address that was cut there is no '@' left, but what follows is no port. */
	private static final Pattern CUT = Pattern
		.compile("(?<=//)[^\\s/@\\[*:]*:(?!\\d{1,5}(?:[/?#,;:'\")\\]]|\\.?(?:\\s|$)))\\S*");

	private static final Pattern PARAMETER = Pattern.compile("(?i)(password=)[^&\\s]+");

	/** A Redis that does not know a command repeats what it was sent with it. */
	private static final Pattern REPEATED = Pattern.compile("(?<=with args beginning with:).*");

	private static final Pattern TELLING = Pattern.compile("password|secret|token|credential|url|uri|key");

	private static final String HIDDEN = "***";

	private Secrets() {
	}

	/**
	 * Takes logins and passwords out of a text, where it can be seen that they are.
	 * @param text what is to be said
	 * @return the same without them
	 */
	public static String hidden(String text) {
		String withoutLogins = CUT.matcher(LOGIN.matcher(text).replaceAll(HIDDEN + "@")).replaceAll(HIDDEN);
		String withoutParameters = PARAMETER.matcher(withoutLogins).replaceAll("$1" + HIDDEN);
		return REPEATED.matcher(withoutParameters).replaceAll(" " + HIDDEN);
	}

	/** Whether a property may hold something secret. */
	static boolean mayBeIn(String property) {
		return TELLING.matcher(property.toLowerCase(Locale.ROOT)).find();
	}

}
