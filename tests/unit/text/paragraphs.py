"""A short paragraph of news in each of many languages, written for these tests."""

PARAGRAPHS = {
    "en": "The council closed the old bridge on Monday. Nobody was hurt, and the mayor said that it would be rebuilt.",
    "de": "Der Rat hat die alte Brücke am Montag gesperrt. Verletzt wurde niemand, und sie soll neu gebaut werden.",
    "fr": "Le conseil a fermé le vieux pont lundi. Personne n’a été blessé, et le maire dit qu’il sera reconstruit.",
    "es": "El ayuntamiento cerró el puente viejo el lunes. No hubo heridos y la alcaldesa dijo que se reconstruirá.",
    "pt": "A câmara fechou a ponte velha na segunda-feira. Não houve feridos, e o autarca não disse até quando.",
    "it": "Il comune ha chiuso il vecchio ponte lunedì. Non ci sono feriti, e la sindaca dice che sarà ricostruito.",
    "nl": "De gemeente heeft de oude brug maandag gesloten. Er raakte niemand gewond en hij wordt weer opgebouwd.",
    "sv": "Kommunen stängde den gamla bron på måndagen. Ingen skadades, och den ska byggas upp igen, sade hon.",
    "da": "Kommunen lukkede den gamle bro mandag. Ingen blev såret, og den skal bygges op igen, siger hun.",
    "no": "Kommunen stengte den gamle broen mandag. Ingen ble skadet, og den skal bygges opp igjen, sier hun.",
    "fi": "Kunta sulki vanhan sillan maanantaina, mutta kukaan ei loukkaantunut. Silta on vanha ja se rakennetaan, kun "
    "rahaa on. Hän sanoi, että työ ei ala vielä.",
    "pl": "Miasto zamknęło stary most w poniedziałek. Nikt nie został ranny, a burmistrz mówi, że będzie odbudowany. "
    "Nie jest to pierwszy raz od wojny.",
    "cs": "Město v pondělí uzavřelo starý most. Nikdo se nezranil a starosta řekl, že se bude stavět znovu, ale až po "
    "zimě, protože na to není dost peněz.",
    "hu": "A város hétfőn lezárta a régi hidat. Senki nem sérült meg, és a polgármester azt mondta, hogy az új híd is "
    "elkészül, de csak tavasszal.",
    "ro": "Orașul a închis luni podul vechi. Nimeni nu a fost rănit, iar primarul spune că va fi refăcut, dar nu în "
    "acest an, pentru că nu sunt bani.",
    "tr": "Belediye eski köprüyü pazartesi kapattı. Yaralanan yok ve başkan bir yıl sonra yeni köprü için çok para "
    "gerektiğini, ama bunun var olduğunu dedi.",
    "vi": "Thành phố đã đóng cây cầu cũ vào thứ hai. Không có người bị thương và ông thị trưởng nói cầu sẽ được xây.",
    "id": "Kota itu menutup jembatan tua pada hari Senin. Tidak ada yang terluka dan wali kota mengatakan bahwa "
    "jembatan itu akan dibangun kembali oleh mereka.",
    "ru": "Город закрыл старый мост в понедельник. Никто не пострадал, и мэр сказал, что его построят заново.",
    "uk": "Місто закрило старий міст у понеділок. Ніхто не постраждав, і мер сказав, що його збудують, але не цього "
    "року, та ще й за чужі гроші.",
    "bg": "Градът затвори стария мост в понеделник. Няма ранени и кметът каза, че ще се строи отново, но не и тази "
    "година, както се очакваше.",
    "sr": "Град је затворио стари мост у понедељак. Нико није повређен и градоначелник је рекао да ће се мост поново "
    "градити.",
    "el": "Ο δήμος έκλεισε την παλιά γέφυρα τη Δευτέρα. Κανείς δεν τραυματίστηκε.",
    "he": "העירייה סגרה את הגשר הישן ביום שני. איש לא נפגע.",
    "ar": "أغلقت البلدية الجسر القديم يوم الاثنين. وقال العمدة إن الجسر الذي كان في وسط المدينة لم يعد آمنا، وإن ذلك "
    "من عمل الزمن على مدى قرن.",
    "fa": "شهرداری پل قدیمی را روز دوشنبه بست. شهردار گفت که این پل از نو ساخته می شود و برای آن بودجه است.",
    "ur": "شہر نے پیر کو پرانا پل بند کر دیا۔ میئر نے کہا کہ اس کی جگہ نیا پل بنے گا اور کوئی زخمی نہیں ہے۔",
    "hi": "शहर ने सोमवार को पुराना पुल बंद कर दिया। महापौर ने कहा कि इस पुल को फिर से बनाया जाएगा और कोई घायल नहीं है।",
    "th": "เทศบาลปิดสะพานเก่าเมื่อวันจันทร์ ไม่มีใครบาดเจ็บ",
    "ko": "시는 월요일에 오래된 다리를 폐쇄했다. 다친 사람은 없다.",
    "ja": "市は月曜日に古い橋を閉鎖した。けが人はいなかった。",
    "zh": "市政府周一关闭了旧桥。没有人受伤。",
    "ka": "ქალაქმა ძველი ხიდი ორშაბათს დაკეტა. არავინ დაშავებულა.",
    "hy": "Քաղաքը երկուշաբթի փակեց հին կամուրջը։ Ոչ ոք չի տուժել։",
}
