<?php
// What WordPress's own functions make of a post's content, without a site and without a database.
//
//     php wordpress_check.php FOLDER saved|block|classic < CONTENT
//
// "saved": as it is stored for an author without unfiltered_html. "block": that, as a Custom HTML block shows
// it. "classic": as the classic editor's posts are shown. The filters are those that wp-includes/default-filters.php puts
// on the_content; the shortcodes stand for those of WordPress, and give nothing.
error_reporting(E_ERROR | E_PARSE);
[, $folder, $way] = $argv;
define('ABSPATH', rtrim($folder, '/') . '/');
define('WPINC', 'wp-includes');
$parts = ['plugin', 'compat', 'load', 'functions', 'pomo/entry', 'pomo/translations', 'l10n', 'formatting', 'kses',
    'html-api/class-wp-html-attribute-token', 'html-api/class-wp-html-span', 'html-api/class-wp-html-text-replacement',
    'html-api/class-wp-html-tag-processor', 'shortcodes'];
foreach ($parts as $part) {
    if (is_file($file = ABSPATH . WPINC . "/$part.php")) {
        require_once $file;
    }
}
$options = ['blog_charset' => 'UTF-8', 'use_smilies' => 1, 'use_balanceTags' => 0];
add_filter('pre_option', fn ($value, $name) => $options[$name] ?? '', 10, 2);
add_filter('pre_determine_locale', fn () => 'en_US');
foreach (['audio', 'video', 'gallery', 'caption', 'wp_caption', 'embed', 'playlist'] as $name) {
    add_shortcode($name, fn () => '');
}
smilies_init();

$content = stripslashes(wp_filter_post_kses(addslashes(stream_get_contents(STDIN))));
if ($way !== 'saved') {
    $content = convert_smilies(wptexturize($content));
    if ($way === 'classic') {
        $content = shortcode_unautop(wpautop($content));
    }
    $content = capital_P_dangit(do_shortcode($content));
}
echo $content;
